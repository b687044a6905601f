using System.Diagnostics;
using QuantDash.Core.Backtesting;
using QuantDash.Core.Strategies;
using QuantDash.Tests.Core.Backtesting;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Adapters.Strategies;

namespace QuantDash.Tests.Benchmarks;

/// <summary>The template of a strategy of one's own, in its process, over the index future's bars: bars a second, and what a start costs. Where there are no market data, over bars drawn at random.</summary>
internal static class SandboxBenchmark
{
    public static IReadOnlyList<BenchmarkRow> Run()
    {
        var (market, bars) = TestData.Folder is null ? Drawn() : RealBars.IndexFuture();
        using var folder = new UserStrategyFolder();
        var template = "using System.Linq; using System.Collections.Generic;\n" + File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "strategies", "template", "MyStrategy.cs"));
        folder.AddAsync("MyStrategy", template).GetAwaiter().GetResult();
        folder.AddAsync("Working", UserStrategySources.Source("Working", "working", """
            private StrategyOrder? _order;
            public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
            {
                if (_order is null || !_order.IsWorking) _order = context.Place(OrderIntent.BuyOpen(instrument, 1m).AtLimit(1));
            }
            """)).GetAwaiter().GetResult();
        var (quiet, working) = (folder.DefinitionAsync("my-strategy").GetAwaiter().GetResult(), folder.DefinitionAsync("working").GetAwaiter().GetResult());
        return
        [
            new($"template, 5-minute IF, {bars.Count:N0} bars", Measure(quiet, market, bars), Budget: 0.1, "million bars/s", Better.Higher),
            new("an order that works all the time: every bar by itself", Measure(working, market, bars), Budget: 0.01, "million bars/s", Better.Higher),
            new("start of a process to its first answer", Start(quiet), Budget: 400, "ms"),
        ];
    }

    private static double Measure(StrategyDefinition definition, BacktestMarket market, BacktestBars bars)
    {
        var best = double.MaxValue;
        var values = definition.Bind([]).Value;
        for (var round = 0; round < 4; round++)
        {
            var start = Stopwatch.GetTimestamp();
            Backtest.Run(definition, values, market, bars, new() { Cash = 50_000_000m });
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return bars.Count / best / 1e6;
    }

    private static double Start(StrategyDefinition definition)
    {
        var best = double.MaxValue;
        for (var bars = 2; bars < 12; bars++)
        {
            var start = Stopwatch.GetTimestamp();
            definition.Bind([KeyValuePair.Create("bars", $"{bars}")]).Succeeded.ShouldBeTrue();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }

    private static (BacktestMarket Market, BacktestBars Bars) Drawn()
    {
        var random = new Random(1);
        var price = 20_000L;
        return (BacktestSamples.IndexFuture(), BacktestSamples.Flat(0.2m, 48, [.. Enumerable.Range(0, 68_145).Select(_ => price = Math.Max(1000, price + random.Next(-20, 21)))]));
    }
}
