using System.Buffers.Binary;

namespace QuantDash.Web.Adapters.Strategies;

/// <summary>Messages over a pipe: four bytes of length, little-endian, and so many bytes. One side of each direction; not for several threads at once in one direction.</summary>
internal sealed class StrategyFrames(Stream input, Stream output) : IDisposable
{
    private const int Head = sizeof(int);
    private const int Longest = 16 * 1024 * 1024;

    private byte[] _received = new byte[16 * 1024];
    private byte[] _sent = new byte[4 * 1024];
    private int _from;
    private int _to;

    /// <summary>In one write, so that the other side wakes once.</summary>
    public void Write(ReadOnlyMemory<byte> message)
    {
        if (_sent.Length < Head + message.Length) _sent = new byte[Math.Max(_sent.Length * 2, Head + message.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(_sent, message.Length);
        message.Span.CopyTo(_sent.AsSpan(Head));
        output.Write(_sent, 0, Head + message.Length);
        output.Flush();
    }

    /// <summary>The next message, good until the one after it; null at the end of the pipe.</summary>
    public ReadOnlyMemory<byte>? Read()
    {
        if (!Has(Head)) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(_received.AsSpan(_from));
        if (length is < 0 or > Longest) throw new InvalidDataException($"A message of {length} bytes.");
        if (!Has(Head + length)) return null;
        var message = _received.AsMemory(_from + Head, length);
        _from += Head + length;
        return message;
    }

    public void Dispose()
    {
        input.Dispose();
        output.Dispose();
    }

    private bool Has(int count)
    {
        if (_to - _from >= count) return true;
        if (_from > 0) Buffer.BlockCopy(_received, _from, _received, 0, _to - _from);
        (_from, _to) = (0, _to - _from);
        if (_received.Length < count) Array.Resize(ref _received, Math.Max(_received.Length * 2, count));
        while (_to < count)
        {
            var read = input.Read(_received, _to, _received.Length - _to);
            if (read == 0) return false;
            _to += read;
        }

        return true;
    }
}
