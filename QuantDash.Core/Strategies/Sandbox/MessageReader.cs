using System.Buffers.Binary;
using System.Text;

namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>Reads what <see cref="MessageWriter"/> wrote. The other side is not trusted: whatever does not fit is a <see cref="FormatException"/>.</summary>
internal sealed class MessageReader(ReadOnlyMemory<byte> message)
{
    private int _at;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() switch { 0 => false, 1 => true, var other => throw new FormatException($"A flag was {other}.") };

    public int Whole() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double Number() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public decimal Exact()
    {
        Span<int> parts = [Whole(), Whole(), Whole(), Whole()];
        try
        {
            return new decimal(parts);
        }
        catch (ArgumentException error)
        {
            throw new FormatException("The bits are no decimal.", error);
        }
    }

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    public string? TextOrNone() => Flag() ? Text() : null;

    /// <summary>How many follow: never more than there are bytes left.</summary>
    public int Count()
    {
        var count = Whole();
        return count >= 0 && count <= message.Length - _at ? count : throw new FormatException($"A message of {message.Length} bytes says that {count} follow.");
    }

    public T Choice<T>() where T : struct, Enum
    {
        var value = Byte();
        return Enum.IsDefined(typeof(T), (int)value) ? (T)Enum.ToObject(typeof(T), value) : throw new FormatException($"{typeof(T).Name} has no {value}.");
    }

    public Dictionary<string, string> Pairs()
    {
        var count = Count();
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++) pairs[Text()] = Text();
        return pairs;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > message.Length - _at) throw new FormatException($"A message of {message.Length} bytes is cut short.");
        var taken = message.Span.Slice(_at, count);
        _at += count;
        return taken;
    }
}
