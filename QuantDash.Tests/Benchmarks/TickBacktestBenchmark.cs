using System.Diagnostics;
using QuantDash.Core.Backtesting.Ticks;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Ticks;

namespace QuantDash.Tests.Benchmarks;

/// <summary>A moving-average cross on one-minute bars over three days of stored ticks, two a second, through the trading engine itself.</summary>
internal static class TickBacktestBenchmark
{
    private const int Days = 3;
    private const int TicksADay = 27_000;
    private const int Rounds = 20;
    private static readonly DateOnly First = new(2026, 11, 18);

    public static IReadOnlyList<BenchmarkRow> Run()
    {
        var calendar = TradingCalendar.FromReferenceData();
        var catalog = ContractCatalog.FromReferenceData(calendar);
        var symbol = Symbol.ParseCanonical("CZCE.TA2701");
        var source = new Source { Name = new("bench"), Clock = SourceClock.Ticks, SessionsAlways = true, CreatedAt = DateTimeOffset.UnixEpoch };
        using var folder = new TempFolder();
        using var archive = new TickArchive(folder.Path);
        for (var day = 0; day < Days; day++) archive.Append(source.Name, catalog.Find(symbol, First)!, First.AddDays(day), Ticks(First.AddDays(day)));
        var backtest = new TickBacktest(catalog, calendar, archive, new BuiltInDefinitions(), new());
        var request = new TickBacktestRequest
        {
            Source = source, Symbols = [symbol], From = First, To = First.AddDays(Days - 1), Cash = new(1_000_000m, Currency.Cny),
            Strategy = new("sma-cross", [symbol], Timeframe.Minutes(1), new Dictionary<string, string>(StringComparer.Ordinal) { ["fast"] = "5", ["slow"] = "20" }),
        };
        var cold = Measure(backtest, request);
        var warm = Enumerable.Range(0, Rounds).Max(_ => Measure(backtest, request));
        return
        [
            new($"{Days} days of ticks, SMA cross, one core", warm, Budget: 200_000, "ticks/s", Better.Higher),
            BenchmarkRow.Told("… the first run of a process, which compiles as it goes", cold, "ticks/s"),
        ];
    }

    private static double Measure(TickBacktest backtest, TickBacktestRequest request)
    {
        var start = Stopwatch.GetTimestamp();
        var run = backtest.Run(request).Value;
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (run.Rejected > 0 || run.Trades.Count == 0) throw new InvalidOperationException($"{run.Rejected} ticks were rejected, {run.Trades.Count} trades were made.");
        return run.Ticks / seconds;
    }

    /// <summary>A day session of prices that go up and down.</summary>
    private static Tick[] Ticks(DateOnly day)
    {
        var (begin, ticks) = (new DateTimeOffset(day.ToDateTime(new(1, 0)), TimeSpan.Zero), new Tick[TicksADay]);
        for (var i = 0; i < TicksADay; i++)
        {
            var last = 2750 + (long)(40 * Math.Sin(i / 900.0)) + (i * 7 % 5);
            var at = begin.AddMilliseconds(500 * i);
            ticks[i] = new() { OccurredAt = at, ReceivedAt = at, LastTicks = last, BidTicks = last - 1, AskTicks = last + 1, BidVolume = 50, AskVolume = 50, DayVolume = i * 3 };
        }

        return ticks;
    }
}
