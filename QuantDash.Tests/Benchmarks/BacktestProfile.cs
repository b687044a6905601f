using System.Diagnostics;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.MovingAverageCross;
using QuantDash.Tests.Core.Backtesting;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Benchmarks;

/// <summary>Where the time of a backtest goes: the same bars with less and less left out, each row what it adds to the one above. Medians, and the four take turns, so that a machine that grows slower does so for all.</summary>
internal static class BacktestProfile
{
    private const int Rounds = 25;

    public static IReadOnlyList<BenchmarkRow> Run()
    {
        var (market, bars) = TestData.Folder is null ? BacktestBenchmark.Drawn(45_031, 1_440) : RealBars.Bitcoin();
        var twenty = BacktestBenchmark.Repeated(bars, 20);
        var whole = new BacktestOptions { Cash = 5_000_000m };
        var bare = whole with { KeepsDetail = false };
        var idle = BacktestSamples.Definition(() => new Idle());
        var averages = SmaCross.Definition with { WarmUpBars = _ => int.MaxValue };
        Func<BacktestResult>[] steps =
        [
            () => Backtest.Run(idle, idle.Bind([]).Value, market, twenty, bare),
            () => Backtest.Run(averages, BacktestBenchmark.Values(10, 20), market, twenty, bare),
            () => Backtest.Run(SmaCross.Definition, BacktestBenchmark.Values(10, 20), market, twenty, bare),
            () => Backtest.Run(SmaCross.Definition, BacktestBenchmark.Values(10, 20), market, twenty, whole),
        ];
        var seconds = Medians(steps);
        var fills = steps[3]().Fills;
        double PerBar(double time) => time / twenty.Count * 1e9;
        return
        [
            BenchmarkRow.Told($"walking {twenty.Count:N0} bars: books, equity, drawdown, settlement", PerBar(seconds[0]), "ns a bar"),
            BenchmarkRow.Told("+ the strategy: two averages and their cross", PerBar(seconds[1] - seconds[0]), "ns a bar"),
            BenchmarkRow.Told($"+ {fills:N0} orders placed, matched, charged and booked", PerBar(seconds[2] - seconds[1]), "ns a bar"),
            BenchmarkRow.Told("  … of one order", (seconds[2] - seconds[1]) / fills * 1e9, "ns"),
            BenchmarkRow.Told("+ detail kept: trades, orders, positions, equity of every bar", PerBar(seconds[3] - seconds[2]), "ns a bar"),
            BenchmarkRow.Told("  … of one order", (seconds[3] - seconds[2]) / fills * 1e9, "ns"),
            BenchmarkRow.Told("the whole", PerBar(seconds[3]), "ns a bar"),
        ];
    }

    private static double[] Medians(Func<BacktestResult>[] steps)
    {
        var times = steps.Select(_ => new List<double>(Rounds)).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < steps.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                steps[i]();
                times[i].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        return [.. times.Select(of => of.Order().ElementAt(Rounds / 2))];
    }

    private sealed class Idle : Strategy;
}
