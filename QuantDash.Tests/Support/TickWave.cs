using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;

namespace QuantDash.Tests.Support;

/// <summary>Recorded ticks of the demo's PTA that swing, so that averages cross: three mornings, three ticks a minute.</summary>
internal static class TickWave
{
    public const string Symbol = "CZCE.TA2505";
    private const int TicksADay = 240;
    private static readonly ContractCatalog Catalog = ContractCatalog.FromReferenceData(TradingCalendar.FromReferenceData());

    public static IReadOnlyList<DateOnly> Days { get; } = [new(2025, 3, 3), new(2025, 3, 4), new(2025, 3, 5)];

    public static void Store(ITickArchive archive, string source = "live", string symbol = Symbol)
    {
        foreach (var day in Days) archive.Append(new(source), Catalog.Find(QuantDash.Core.Primitives.Symbol.ParseCanonical(symbol), day)!, day, Ticks(day));
    }

    public static Tick[] Ticks(DateOnly day)
    {
        var open = new DateTimeOffset(day.ToDateTime(new(1, 0, 1)), TimeSpan.Zero);
        return [.. Enumerable.Range(0, TicksADay).Where(i => i is < 225 or > 238).Select(i => Tick(open.AddSeconds(20 * i), i, 2500 + (long)Math.Round(20 * Math.Sin((i + (day.Day * 40)) / 12.0))))];
    }

    private static Tick Tick(DateTimeOffset at, int i, long last) => new()
    {
        OccurredAt = at, ReceivedAt = at, LastTicks = last, BidTicks = last - 1, AskTicks = last + 1, BidVolume = 50, AskVolume = 50, DayVolume = 1000 + (10 * i),
    };
}
