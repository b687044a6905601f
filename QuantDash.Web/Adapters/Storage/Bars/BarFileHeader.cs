using System.Buffers.Binary;
using System.Text;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Ticks;

namespace QuantDash.Web.Adapters.Storage.Bars;

/// <summary>The first 256 bytes of a bar file (docs/bar-files.md): whose bars they are and what their whole numbers mean.</summary>
internal sealed record BarFileHeader(BarKey Key, decimal PriceTick)
{
    public const int Size = 256;
    private const ushort Version = 1;
    private const int PriceTickAt = 16;
    private const int TimeframeAt = 24;
    private const int TimeframeSize = 8;
    private const int SourceAt = 32;
    private const int SymbolAt = 96;
    private const int TextSize = 64;
    private const int CheckAt = 248;

    private static ReadOnlySpan<byte> Magic => "QDBARS1\n"u8;

    public void Write(Span<byte> to)
    {
        var tick = PriceTick / 1.0000000000000000000000000000m;
        to[..Size].Clear();
        Magic.CopyTo(to);
        BinaryPrimitives.WriteUInt16LittleEndian(to[8..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(to[10..], Size);
        BinaryPrimitives.WriteUInt16LittleEndian(to[12..], BarFileRecord.Size);
        to[14] = tick.Scale;
        BinaryPrimitives.WriteInt64LittleEndian(to[PriceTickAt..], (long)(tick * TickFileHeader.Power(tick.Scale)));
        Encoding.ASCII.GetBytes(Key.Timeframe.ToString(), to.Slice(TimeframeAt, TimeframeSize));
        Encoding.ASCII.GetBytes(Key.Source.Value, to.Slice(SourceAt, TextSize));
        Encoding.ASCII.GetBytes(Key.Symbol.ToString(), to.Slice(SymbolAt, TextSize));
        BinaryPrimitives.WriteUInt64LittleEndian(to[CheckAt..], TickFileRecord.CheckOf(to[..CheckAt]));
    }

    /// <summary>Throws <see cref="InvalidDataException"/> when the bytes are no header of ours.</summary>
    public static BarFileHeader Read(ReadOnlySpan<byte> from, string path)
    {
        if (from.Length < Size || !from.StartsWith(Magic)) throw new InvalidDataException($"{path} is no bar file.");
        if (BinaryPrimitives.ReadUInt16LittleEndian(from[8..]) != Version) throw new InvalidDataException($"{path} was written by a newer version.");
        if (BinaryPrimitives.ReadUInt64LittleEndian(from[CheckAt..]) != TickFileRecord.CheckOf(from[..CheckAt]))
            throw new InvalidDataException($"The header of {path} is damaged.");
        var timeframe = Text(from.Slice(TimeframeAt, TimeframeSize));
        if (!Timeframe.TryParse(timeframe, out var parsed)) throw new InvalidDataException($"{path} holds bars of '{timeframe}'.");
        var key = new BarKey(new SourceName(Text(from.Slice(SourceAt, TextSize))), Symbol.ParseCanonical(Text(from.Slice(SymbolAt, TextSize))), parsed);
        return new(key, BinaryPrimitives.ReadInt64LittleEndian(from[PriceTickAt..]) / TickFileHeader.Power(from[14]));
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes).TrimEnd('\0');
}
