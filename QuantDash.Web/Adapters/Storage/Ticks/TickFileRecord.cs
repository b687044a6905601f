using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using QuantDash.Core.Markets;

namespace QuantDash.Web.Adapters.Storage.Ticks;

/// <summary>One tick as 16 little-endian 64-bit numbers, or 17 where it may have a mark price (docs/tick-files.md). The last one checks the others, so that a torn or zeroed
/// record is known as such.</summary>
internal sealed class TickFileRecord(TickFileHeader header)
{
    private const int PreSettlementDecimals = 8;
    private static readonly decimal PreSettlementScale = TickFileHeader.Power(PreSettlementDecimals);
    private const int MarkAt = 15;
    private readonly decimal _volumeScale = TickFileHeader.Power(header.VolumeDecimals);
    private readonly int _checkAt = SizeOf(header.HasMark) - sizeof(long);

    public int Size { get; } = SizeOf(header.HasMark);

    public static int SizeOf(bool hasMark) => hasMark ? 136 : 128;

    public void Write(in Tick tick, Span<byte> to)
    {
        ReadOnlySpan<long> numbers =
        [
            tick.OccurredAt.UtcTicks - DateTime.UnixEpoch.Ticks, tick.ReceivedAt.UtcTicks - DateTime.UnixEpoch.Ticks,
            tick.LastTicks, tick.BidTicks, tick.AskTicks,
            Scaled(tick.BidVolume, _volumeScale), Scaled(tick.AskVolume, _volumeScale), Scaled(tick.DayVolume, _volumeScale), Scaled(tick.OpenInterest, _volumeScale),
            tick.OpenTicks, tick.HighTicks, tick.LowTicks, Scaled(tick.PreSettlement, PreSettlementScale), tick.UpperLimitTicks, tick.LowerLimitTicks,
        ];
        for (var i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(to[(i * 8)..], numbers[i]);
        if (header.HasMark) BinaryPrimitives.WriteInt64LittleEndian(to[(MarkAt * 8)..], tick.MarkTicks);
        BinaryPrimitives.WriteUInt64LittleEndian(to[_checkAt..], CheckOf(to[.._checkAt]));
    }

    public bool IsWhole(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt64LittleEndian(record[_checkAt..]) == CheckOf(record[.._checkAt]);

    public Tick Read(ReadOnlySpan<byte> from) => new()
    {
        OccurredAt = Time(Number(from, 0)),
        ReceivedAt = Time(Number(from, 1)),
        LastTicks = Number(from, 2),
        BidTicks = Number(from, 3),
        AskTicks = Number(from, 4),
        BidVolume = Number(from, 5) / _volumeScale,
        AskVolume = Number(from, 6) / _volumeScale,
        DayVolume = Number(from, 7) / _volumeScale,
        OpenInterest = Number(from, 8) / _volumeScale,
        OpenTicks = Number(from, 9),
        HighTicks = Number(from, 10),
        LowTicks = Number(from, 11),
        PreSettlement = Number(from, 12) / PreSettlementScale,
        UpperLimitTicks = Number(from, 13),
        LowerLimitTicks = Number(from, 14),
        MarkTicks = header.HasMark ? Number(from, MarkAt) : 0,
    };

    /// <summary>Never 0 for zeros: a page the disk never received does not pass.</summary>
    public static ulong CheckOf(ReadOnlySpan<byte> bytes)
    {
        var check = 0x9E3779B97F4A7C15UL;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            var value = BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
            check = BitOperations.RotateLeft((check ^ value) * 0xBF58476D1CE4E5B9UL, 29);
        }

        return check;
    }

    private static long Number(ReadOnlySpan<byte> from, int index) => BinaryPrimitives.ReadInt64LittleEndian(from[(index * 8)..]);

    private static DateTimeOffset Time(long sinceEpoch) => new(sinceEpoch + DateTime.UnixEpoch.Ticks, TimeSpan.Zero);

    /// <summary>Finer than the contract's volume step is rounded; beyond what 64 bits hold is the largest they hold.</summary>
    private static long Scaled(decimal value, decimal scale) => (long)Math.Min(decimal.Round(value * scale), long.MaxValue);
}
