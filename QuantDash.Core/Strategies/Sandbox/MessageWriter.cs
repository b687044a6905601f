using System.Buffers.Binary;
using System.Text;

namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>Writes a message: little-endian numbers, texts with their length before them. Used again for the next one.</summary>
internal sealed class MessageWriter
{
    private byte[] _bytes = new byte[512];
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public int Length => _length;

    public void Clear() => _length = 0;

    public void Byte(byte value) => Room(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Whole(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), value);

    public void Long(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);

    public void Number(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);

    public void Exact(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        _ = decimal.GetBits(value, parts);
        foreach (var part in parts) Whole(part);
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Whole(length);
        Encoding.UTF8.GetBytes(value, Room(length));
    }

    public void TextOrNone(string? value)
    {
        Flag(value is not null);
        if (value is not null) Text(value);
    }

    public void Pairs(IReadOnlyDictionary<string, string> pairs)
    {
        Whole(pairs.Count);
        foreach (var (name, value) in pairs)
        {
            Text(name);
            Text(value);
        }
    }

    /// <summary>Puts a number where one was written before: counts that are known at the end.</summary>
    public void WholeAt(int position, int value) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(position), value);

    private Span<byte> Room(int count)
    {
        if (_length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        var room = _bytes.AsSpan(_length, count);
        _length += count;
        return room;
    }
}
