using QuantDash.Core.Markets.History;

namespace QuantDash.Tests.Web.Features.Backtests;

/// <summary>Bars that swing, so that averages cross: a stock nobody has in the catalog.</summary>
internal static class BacktestSeries
{
    public const string Symbol = "US.WAVE";
    private static readonly DateTimeOffset Start = new(2024, 1, 2, 14, 30, 0, TimeSpan.Zero);

    /// <summary>Days of 60 bars.</summary>
    public static void Store(IBarArchive archive, string symbol = Symbol, int minutes = 1, int days = 6, string source = "history", double swing = 20)
    {
        var key = new BarKey(new(source), QuantDash.Core.Primitives.Symbol.ParseCanonical(symbol), Timeframe.Minutes(minutes));
        archive.Merge(BarColumns.Of(key, 0.01m, [.. Enumerable.Range(0, days * 60).Select(i => Bar(i, minutes, swing))]), BarMerge.Overlapping).Succeeded.ShouldBeTrue();
    }

    private static HistoryBar Bar(int i, int minutes, double swing)
    {
        var start = Start.AddDays(i / 60).AddMinutes(i % 60 * minutes);
        var (open, close) = (Price(i, swing), Price(i + 1, swing));
        return new()
        {
            Start = start.ToUnixTimeMilliseconds(), End = start.AddMinutes(minutes).ToUnixTimeMilliseconds(), TradingDay = DateOnly.FromDateTime(start.UtcDateTime).DayNumber,
            Open = open, High = Math.Max(open, close) + 5, Low = Math.Min(open, close) - 5, Close = close, Volume = 1000,
        };
    }

    private static long Price(int i, double swing) => 10_000 + (long)(swing * 50 * Math.Sin(i / 9.0)) + (i * 2);
}
