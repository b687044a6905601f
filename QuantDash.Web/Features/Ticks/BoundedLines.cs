namespace QuantDash.Web.Features.Ticks;

/// <summary>Lines of a text, none longer than a limit: a file without line breaks must not be read into memory whole.</summary>
internal sealed class BoundedLines(TextReader reader, int longest)
{
    private readonly char[] _buffer = new char[longest * 2];
    private int _start, _end;
    private bool _finished;

    /// <summary>The line was longer than the limit: reading cannot go on.</summary>
    public bool TooLong { get; private set; }

    /// <summary>Null at the end, or when <see cref="TooLong"/>.</summary>
    public async ValueTask<string?> ReadAsync(CancellationToken stop)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf('\n');
            if (length >= 0)
            {
                var line = new string(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }

            if (_finished) return Rest();
            if (_end - _start > longest)
            {
                TooLong = true;
                return null;
            }

            await FillAsync(stop);
        }
    }

    private string? Rest()
    {
        if (_start == _end) return null;
        var line = new string(_buffer, _start, _end - _start).TrimEnd('\r');
        _start = _end;
        return line;
    }

    private async ValueTask FillAsync(CancellationToken stop)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await reader.ReadAsync(_buffer.AsMemory(_end), stop);
        _end += read;
        _finished = read == 0;
    }
}
