using System.Diagnostics;
using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Core.Markets.History.Quality;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Bars;

namespace QuantDash.Tests.Benchmarks;

/// <summary>What it costs to read stored bars, to store them, to read them from text, and to look them through. Every read bar's check is recomputed.</summary>
internal static class HistoryBenchmark
{
    private const int Bars = 2_000_000;
    private const int Lines = 500_000;
    private const int Rounds = 5;
    private static readonly BarKey Key = new(new SourceName("bench"), Symbol.ParseCanonical("BINANCE.BTCUSDT"), Timeframe.Minutes(1));

    public static IReadOnlyList<BenchmarkRow> Run()
    {
        using var folder = new TempFolder();
        var archive = new BarArchive(folder.Path);
        var bars = Walk(Bars);
        var store = Best(1, () => _ = archive.Merge(bars, BarMerge.Overlapping).Value);
        var read = Best(Rounds, () => Demand(archive.Read(Key)!.Count, Bars));
        var (from, to) = (bars.Starts.Span[Bars / 2], bars.Starts.Span[(Bars / 2) + 1440]);
        var day = Best(Rounds, () => Demand(archive.Read(Key, from, to)!.Count, 1440));
        var lines = Csv(bars.Between(0, bars.Starts.Span[Lines]));
        var import = Best(Rounds, () => Demand(Import(lines), Lines));
        var check = Best(Rounds, () => _ = BarQuality.Check(bars, AroundTheClock, TradingCalendar.FromReferenceData()));
        return
        [
            new("read stored bars into columns", Bars / read.TotalSeconds, Budget: 10_000_000, "bars/s", Better.Higher),
            new("read one day out of two million bars", day.TotalMilliseconds, Budget: 1, "ms"),
            new("store new bars, flushed", Bars / store.TotalSeconds, Budget: 2_000_000, "bars/s", Better.Higher),
            new("read bars from CSV lines, all checks", Lines / import.TotalSeconds, Budget: 300_000, "bars/s", Better.Higher),
            new("look stored bars through", Bars / check.TotalSeconds, Budget: 2_000_000, "bars/s", Better.Higher),
        ];
    }

    private static SessionPlan AroundTheClock { get; } = new() { UtcOffset = TimeSpan.Zero, DayAuctions = [], Day = [], NightAuctions = [], Night = [], Always = true };

    private static BarColumns Walk(int count)
    {
        var random = new Random(1);
        var arrays = new ColumnArrays(count);
        var price = 1_000_000L;
        for (var i = 0; i < count; i++)
        {
            var close = price + random.Next(-50, 51);
            var start = i * 60_000L;
            arrays.Set(i, new()
            {
                Start = start,
                End = start + 60_000,
                TradingDay = 719_162 + (int)(start / 86_400_000),
                Open = price,
                High = Math.Max(price, close) + 10,
                Low = Math.Min(price, close) - 10,
                Close = close,
                Volume = random.NextDouble() * 100,
            });
            price = Math.Max(close, 1000);
        }

        return new(Key, 0.1m, arrays);
    }

    private static string[] Csv(BarColumns bars) =>
    [
        "timestamp,open,high,low,close,volume",
        .. bars.Bars().Select(bar => string.Create(
            CultureInfo.InvariantCulture, $"{1_600_000_000_000 + bar.Start},{bar.Open * 0.1m},{bar.High * 0.1m},{bar.Low * 0.1m},{bar.Close * 0.1m},{bar.Volume:0.###}")),
    ];

    private static int Import(string[] lines)
    {
        var import = new BarImport(new(Key, 0.1m, AroundTheClock, BarFormats.Named(BarStamp.Start), SkipBadLines: false), TradingCalendar.FromReferenceData());
        import.Begin("bench.csv");
        foreach (var line in lines) import.Take(line);
        return import.Finish().Bars!.Count;
    }

    private static TimeSpan Best(int rounds, Action work)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed < best) best = elapsed;
        }

        return best;
    }

    private static void Demand(int found, int expected)
    {
        if (found != expected) throw new InvalidOperationException($"There were {found} bars, not {expected}.");
    }
}
