using System.Diagnostics;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.MovingAverageCross;
using QuantDash.Tests.Core.Backtesting;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Benchmarks;

/// <summary>The moving-average cross, event-driven, with fees, settlement and the equity of every bar: on one core, and 1,000 pairs over the index future's bars on two. Where there are no market data,
/// on bars drawn at random. Each figure is the best of some rounds, because the machine can only add to it.</summary>
internal static class BacktestBenchmark
{
    private const int Pairs = 1_000;

    public static IReadOnlyList<BenchmarkRow> Run()
    {
        var (future, futureBars) = TestData.Folder is null ? Drawn(68_145, 48) : RealBars.IndexFuture();
        var (bitcoin, bitcoinBars) = TestData.Folder is null ? Drawn(45_031, 1_440) : RealBars.Bitcoin();
        var twenty = Repeated(bitcoinBars, 20);
        var options = new BacktestOptions { Cash = 5_000_000m };
        Measure(future, futureBars, options, rounds: 5);
        var one = Sweep(future, futureBars, options, 1);
        var two = Sweep(future, futureBars, options, 2);
        var whole = Measure(bitcoin, twenty, options, rounds: 20);
        return
        [
            new($"SMA 10/20, 1-minute BTC, {twenty.Count:N0} bars", whole, Budget: 20, "million bars/s", Better.Higher),
            new("… of five times as few bars, cost of a bar against it", Measure(bitcoin, Repeated(bitcoinBars, 4), options, rounds: 20) / whole, Budget: 1.3, "times"),
            new($"SMA 10/20, 5-minute IF, {futureBars.Count:N0} bars", Measure(future, futureBars, options, rounds: 20), Budget: 20, "million bars/s", Better.Higher),
            new($"{Pairs:N0} pairs over IF, two cores", two, Budget: 40, "million bar-runs/s", Better.Higher),
            new("… against one core", two / one, Budget: 1.9, "times", Better.Higher),
            new("allocated for a bar on which nothing happens", BytesOfAQuietBar(future, futureBars), Budget: 0, "bytes", Noise: 0),
        ];
    }

    private static double Measure(BacktestMarket market, BacktestBars bars, BacktestOptions options, int rounds)
    {
        var values = Values(10, 20);
        var best = double.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var result = Backtest.Run(SmaCross.Definition, values, market, bars, options);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (result.Fills < bars.Count / 100) throw new InvalidOperationException($"Only {result.Fills} fills on {bars.Count} bars.");
        }
        return bars.Count / best / 1e6;
    }

    private static double Sweep(BacktestMarket market, BacktestBars bars, BacktestOptions options, int cores)
    {
        var pairs = Enumerable.Range(0, Pairs).Select(i => Values(5 + (i % 40), 50 + (5 * (i / 40)))).ToList();
        var best = double.MaxValue;
        for (var round = 0; round < 2; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var rows = ParameterSweep.Run(SmaCross.Definition, pairs, market, bars, options, cores);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (rows.Any(row => row.Failure is not null)) throw new InvalidOperationException(rows.First(row => row.Failure is not null).Failure);
        }
        return (double)bars.Count * Pairs / best / 1e6;
    }

    /// <summary>A strategy that holds one lot and then only listens: twice as many bars may not cost a byte more, but for the days' results and the equity that are kept.</summary>
    private static double BytesOfAQuietBar(BacktestMarket market, BacktestBars bars)
    {
        var options = new BacktestOptions { Cash = 5_000_000m, KeepsDetail = false };
        var day = BacktestSamples.Definition(() => new HoldOne());
        var whole = OneDay(bars, bars.Count);
        var half = OneDay(bars, bars.Count / 2);
        long Bytes(BacktestBars of)
        {
            var values = day.Bind([]).Value;
            Backtest.Run(day, values, market, of, options);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Backtest.Run(day, values, market, of, options);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return (double)(Bytes(whole) - Bytes(half)) / (whole.Count - half.Count);
    }

    private static BacktestBars OneDay(BacktestBars bars, int count) =>
        BacktestBars.Of(BarColumns.Of(bars.Columns.Key, bars.Columns.PriceTick, [.. bars.Columns.Bars().Take(count).Select(bar => bar with { TradingDay = bars.Columns.TradingDays.Span[0] })]));

    /// <summary>The same bars again and again, each time later.</summary>
    internal static BacktestBars Repeated(BacktestBars bars, int times)
    {
        var columns = bars.Columns;
        var all = columns.Bars().ToList();
        var days = all[^1].TradingDay - all[0].TradingDay + 1;
        var span = (long)TimeSpan.FromDays(days).TotalMilliseconds;
        return BacktestBars.Of(BarColumns.Of(columns.Key, columns.PriceTick, [.. Enumerable.Range(0, times).SelectMany(time =>
            all.Select(bar => bar with { Start = bar.Start + (time * span), End = bar.End + (time * span), TradingDay = bar.TradingDay + (time * days) }))]));
    }

    internal static (BacktestMarket Market, BacktestBars Bars) Drawn(int count, int perDay)
    {
        var random = new Random(7);
        var price = 20_000L;
        var bars = new (long, long, long, long, double)[count];
        for (var i = 0; i < count; i++)
        {
            var open = price;
            price = Math.Max(1_000, price + random.Next(-20, 21));
            bars[i] = (open, Math.Max(open, price) + random.Next(10), Math.Min(open, price) - random.Next(10), price, random.Next(1, 5_000));
        }
        return (BacktestSamples.IndexFuture(), BacktestSamples.Bars(0.2m, perDay, bars));
    }

    internal static ParameterValues Values(int fast, int slow) => BacktestSamples.Bind(SmaCross.Definition, ("fast", $"{fast}"), ("slow", $"{slow}"));

    private sealed class HoldOne : Strategy
    {
        private int _bar;

        public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
        {
            if (_bar++ == 0) context.MoveTo(instrument, 1m);
        }
    }
}
