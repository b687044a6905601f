using System.Buffers.Binary;
using QuantDash.Core.Markets.History;
using QuantDash.Web.Adapters.Storage.Ticks;

namespace QuantDash.Web.Adapters.Storage.Bars;

/// <summary>One bar in 80 bytes, little-endian (docs/bar-files.md). The last eight check the others, so that a torn or zeroed record is known as such.</summary>
internal static class BarFileRecord
{
    public const int Size = 80;
    private const int CheckAt = 72;
    private const int EndsBatch = 1;

    /// <summary>Where the trading day stands, in days since <see cref="Epoch"/>.</summary>
    public const int DayAt = 16;

    public static readonly DateOnly Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch);

    /// <param name="endsBatch">What was written together counts once the last of it is there.</param>
    public static void Write(in HistoryBar bar, bool endsBatch, Span<byte> to)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, bar.Start);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], bar.End);
        BinaryPrimitives.WriteInt32LittleEndian(to[DayAt..], bar.TradingDay - Epoch.DayNumber);
        BinaryPrimitives.WriteInt32LittleEndian(to[20..], endsBatch ? EndsBatch : 0);
        BinaryPrimitives.WriteInt64LittleEndian(to[24..], bar.Open);
        BinaryPrimitives.WriteInt64LittleEndian(to[32..], bar.High);
        BinaryPrimitives.WriteInt64LittleEndian(to[40..], bar.Low);
        BinaryPrimitives.WriteInt64LittleEndian(to[48..], bar.Close);
        BinaryPrimitives.WriteDoubleLittleEndian(to[56..], bar.Volume);
        BinaryPrimitives.WriteDoubleLittleEndian(to[64..], bar.OpenInterest);
        BinaryPrimitives.WriteUInt64LittleEndian(to[CheckAt..], TickFileRecord.CheckOf(to[..CheckAt]));
    }

    public static bool IsWhole(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt64LittleEndian(record[CheckAt..]) == TickFileRecord.CheckOf(record[..CheckAt]);

    /// <summary>Whether it is whole and the last one of what was written together.</summary>
    public static bool IsCommitted(ReadOnlySpan<byte> record) => (BinaryPrimitives.ReadInt32LittleEndian(record[20..]) & EndsBatch) != 0 && IsWhole(record);

    /// <summary>Turns records into columns. Returns how many were whole before the first that is not.</summary>
    public static int Read(ReadOnlySpan<byte> records, ColumnArrays to, int index)
    {
        var count = records.Length / Size;
        var (starts, ends, days) = (to.Starts, to.Ends, to.TradingDays);
        var (opens, highs, lows, closes) = (to.Opens, to.Highs, to.Lows, to.Closes);
        var (volumes, openInterests) = (to.Volumes, to.OpenInterests);
        var epoch = Epoch.DayNumber;
        for (var i = 0; i < count; i++)
        {
            var from = records.Slice(i * Size, Size);
            if (!IsWhole(from)) return i;
            var at = index + i;
            starts[at] = BinaryPrimitives.ReadInt64LittleEndian(from);
            ends[at] = BinaryPrimitives.ReadInt64LittleEndian(from[8..]);
            days[at] = BinaryPrimitives.ReadInt32LittleEndian(from[DayAt..]) + epoch;
            opens[at] = BinaryPrimitives.ReadInt64LittleEndian(from[24..]);
            highs[at] = BinaryPrimitives.ReadInt64LittleEndian(from[32..]);
            lows[at] = BinaryPrimitives.ReadInt64LittleEndian(from[40..]);
            closes[at] = BinaryPrimitives.ReadInt64LittleEndian(from[48..]);
            volumes[at] = BinaryPrimitives.ReadDoubleLittleEndian(from[56..]);
            openInterests[at] = BinaryPrimitives.ReadDoubleLittleEndian(from[64..]);
        }

        return count;
    }
}
