using Microsoft.Win32.SafeHandles;
using QuantDash.Core.Markets;

namespace QuantDash.Web.Adapters.Storage.Ticks;

/// <summary>Appends records to one tick file. Opening cuts what a crash left half-written; the file is never mapped for writing, because a full disk
/// would end the process instead of throwing.</summary>
internal sealed class TickFileWriter : IDisposable
{
    private const int RecordsAtOnce = 128;
    private readonly SafeFileHandle _file;
    private readonly TickFileRecord _record;
    private readonly byte[] _buffer;
    private long _end;

    private TickFileWriter(string path, TickFileHeader header, SafeFileHandle file)
    {
        (Path, Header, _file) = (path, header, file);
        _record = new(header);
        _buffer = new byte[RecordsAtOnce * _record.Size];
    }

    public string Path { get; }
    public TickFileHeader Header { get; }

    /// <summary>Opens or creates. Throws <see cref="InvalidDataException"/> when the file was begun with another price tick or is not ours.</summary>
    public static TickFileWriter Open(string path, TickFileHeader header)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        if (header.HasMark) TickFileRewriting.AddMarks(path, header);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var writer = new TickFileWriter(path, header, file);
            writer.Begin();
            return writer;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Append(ReadOnlySpan<Tick> ticks)
    {
        while (!ticks.IsEmpty)
        {
            var now = ticks[..Math.Min(ticks.Length, RecordsAtOnce)];
            for (var i = 0; i < now.Length; i++) _record.Write(now[i], _buffer.AsSpan(i * _record.Size));
            var bytes = _buffer.AsSpan(0, now.Length * _record.Size);
            RandomAccess.Write(_file, bytes, _end);
            _end += bytes.Length;
            ticks = ticks[now.Length..];
        }
    }

    public void FlushToDisk() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();

    private void Begin()
    {
        var length = RandomAccess.GetLength(_file);
        Span<byte> start = stackalloc byte[TickFileHeader.Size];
        if (length < TickFileHeader.Size)
        {
            RandomAccess.SetLength(_file, 0);
            Header.Write(start);
            RandomAccess.Write(_file, start, 0);
            _end = TickFileHeader.Size;
            return;
        }

        RandomAccess.Read(_file, start, 0);
        var found = TickFileHeader.Read(start, Path);
        if (found != Header) throw new InvalidDataException($"{Path} holds {found}, not {Header}.");
        _end = EndOfWholeRecords(length);
        if (_end < length) RandomAccess.SetLength(_file, _end);
    }

    private long EndOfWholeRecords(long length)
    {
        var end = length - ((length - TickFileHeader.Size) % _record.Size);
        Span<byte> last = stackalloc byte[_record.Size];
        while (end > TickFileHeader.Size)
        {
            RandomAccess.Read(_file, last, end - _record.Size);
            if (_record.IsWhole(last)) break;
            end -= _record.Size;
        }

        return end;
    }
}
