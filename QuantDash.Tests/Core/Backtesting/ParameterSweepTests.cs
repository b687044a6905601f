using QuantDash.Core.Backtesting;
using QuantDash.Core.Strategies.MovingAverageCross;
using static QuantDash.Tests.Core.Backtesting.BacktestSamples;

namespace QuantDash.Tests.Core.Backtesting;

public sealed class ParameterSweepTests
{
    [Fact]
    public void Sweep_OnAnyNumberOfCores_GivesWhatSingleRunsGive()
    {
        var random = new Random(3);
        var price = 5_000L;
        var bars = Flat(1m, 40, [.. Enumerable.Range(0, 2_000).Select(_ => price = Math.Max(100, price + random.Next(-9, 10)))]);
        var values = Enumerable.Range(2, 12).Select(fast => Bind(SmaCross.Definition, ("fast", $"{fast}"), ("slow", "30"))).ToList();

        var one = ParameterSweep.Run(SmaCross.Definition, values, SilverFuture(), bars, Options, cores: 1);
        var two = ParameterSweep.Run(SmaCross.Definition, values, SilverFuture(), bars, Options, cores: 2);

        two.ShouldBe(one);
        foreach (var row in one)
        {
            var single = Backtest.Run(SmaCross.Definition, row.Values, SilverFuture(), bars, Options);
            (row.FinalEquity, row.Fills, row.Trades, row.Fees, row.MaxDrawdown).ShouldBe((single.FinalEquity, single.Fills, single.Trades.Count, single.Costs.Fees, single.MaxDrawdown));
            row.Sharpe!.Value.ShouldBe(single.Report().Sharpe!.Value, 1e-12);
        }
        one.Select(row => row.Fills).Distinct().Count().ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Sweep_WithARunThatFails_SaysWhyAndGoesOn()
    {
        var definition = Definition(() => new EachBar((_, _, bar) => throw new InvalidOperationException($"bar {bar}")));

        var rows = ParameterSweep.Run(definition, [definition.Bind([]).Value, definition.Bind([]).Value], SilverFuture(), Flat(1m, 10, 1, 2, 3), Options, cores: 2);

        rows.Count.ShouldBe(2);
        rows.ShouldAllBe(row => row.FinalEquity == null && row.Failure!.Contains("bar 0"));
    }

    [Fact]
    public void RoundTrip_KnowsHowFarItWas()
    {
        var strategy = new EachBar((context, spy, bar) =>
        {
            if (bar == 0) context.MoveTo(spy, 10);
            if (bar == 3) context.MoveTo(spy, 0);
        });

        // Bought at 100; the bars held to their end saw 90 to 130; sold at 105 within a bar whose extremes came after.
        var result = Run(strategy, Stock(), Bars(0.01m, 10, (100, 100, 100, 100), (100, 110, 90, 105), (105, 130, 100, 120), (120, 120, 95, 100), (105, 500, 1, 105)));

        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.EntryBar, trade.ExitBar, trade.AdverseTicks, trade.FavourableTicks).ShouldBe((1, 4, -10, 30));
        result.BarsInMarket.ShouldBe(3);
        result.MaxDrawdown.ShouldBe(result.Equity.Select((equity, i) => (equity / result.Equity.Take(i + 1).Append(1_000_000).Max()) - 1).Min(), 1e-12);
    }
}
