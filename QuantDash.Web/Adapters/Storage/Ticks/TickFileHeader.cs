using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Ticks;

/// <summary>The first 256 bytes of a tick file (docs/tick-files.md): what its whole numbers mean.</summary>
/// <param name="HasMark">Whether its records carry a mark price (version 2).</param>
internal sealed record TickFileHeader(SourceName Source, Symbol Symbol, DateOnly TradingDay, decimal PriceTick, int VolumeDecimals, bool HasMark = false)
{
    public const int Size = 256;
    private const int CheckAt = 248;
    private const int SourceAt = 32;
    private const int SymbolAt = 96;
    private const int TextSize = 64;
    private const ushort WithoutMark = 1;
    private const ushort WithMark = 2;

    private static ReadOnlySpan<byte> Magic => "QDTICKS\n"u8;

    public static TickFileHeader For(SourceName source, Contract contract, DateOnly tradingDay) =>
        new(source, contract.Symbol, tradingDay, Normal(contract.PriceTick), Normal(contract.VolumeStep).Scale, contract.Product.HasMarkPrice);

    /// <summary>Whether another file's records mean the same, apart from the mark price that one of them may lack.</summary>
    public bool HasUnitsOf(TickFileHeader other) => this == other with { HasMark = HasMark };

    public void Write(Span<byte> to)
    {
        to[..Size].Clear();
        Magic.CopyTo(to);
        BinaryPrimitives.WriteUInt16LittleEndian(to[8..], HasMark ? WithMark : WithoutMark);
        BinaryPrimitives.WriteUInt16LittleEndian(to[10..], Size);
        BinaryPrimitives.WriteUInt16LittleEndian(to[12..], (ushort)TickFileRecord.SizeOf(HasMark));
        to[14] = PriceTick.Scale;
        to[15] = (byte)VolumeDecimals;
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], (long)(PriceTick * Power(PriceTick.Scale)));
        BinaryPrimitives.WriteInt32LittleEndian(to[24..], int.Parse(TradingDay.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        Encoding.ASCII.GetBytes(Source.Value, to.Slice(SourceAt, TextSize));
        Encoding.ASCII.GetBytes(Symbol.ToString(), to.Slice(SymbolAt, TextSize));
        BinaryPrimitives.WriteUInt64LittleEndian(to[CheckAt..], TickFileRecord.CheckOf(to[..CheckAt]));
    }

    /// <summary>Throws <see cref="InvalidDataException"/> when the bytes are no header of ours.</summary>
    public static TickFileHeader Read(ReadOnlySpan<byte> from, string path)
    {
        if (from.Length < Size || !from.StartsWith(Magic)) throw new InvalidDataException($"{path} is no tick file.");
        var version = BinaryPrimitives.ReadUInt16LittleEndian(from[8..]);
        if (version is not (WithoutMark or WithMark)) throw new InvalidDataException($"{path} was written by a newer version.");
        if (BinaryPrimitives.ReadUInt64LittleEndian(from[CheckAt..]) != TickFileRecord.CheckOf(from[..CheckAt]))
            throw new InvalidDataException($"The header of {path} is damaged.");
        var day = BinaryPrimitives.ReadInt32LittleEndian(from[24..]);
        return new(
            new SourceName(Text(from.Slice(SourceAt, TextSize))),
            Symbol.ParseCanonical(Text(from.Slice(SymbolAt, TextSize))),
            new DateOnly(day / 10_000, day / 100 % 100, day % 100),
            BinaryPrimitives.ReadInt64LittleEndian(from[16..]) / Power(from[14]),
            from[15],
            version == WithMark);
    }

    internal static decimal Power(int decimals)
    {
        var power = 1m;
        for (var i = 0; i < decimals; i++) power *= 10;
        return power;
    }

    /// <summary>Without trailing zeros: the scale of 0.20 is 1.</summary>
    private static decimal Normal(decimal value) => value / 1.0000000000000000000000000000m;

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes).TrimEnd('\0');
}
