using QuantDash.Core.Backtesting;
using QuantDash.Core.Strategies;
using static QuantDash.Tests.Core.Backtesting.BacktestSamples;

namespace QuantDash.Tests.Core.Backtesting;

/// <summary>A strategy that trades and would profit from seeing the current bar's close. Every close is off the fair price and the next open is back at it: whoever still gets the close he has seen earns
/// the difference, whoever waits for the next open gets nothing for his costs.</summary>
public sealed class LookAheadTests
{
    private const int BarCount = 2_000;
    private const int Lots = 10;

    [Fact]
    public void Trap_WithSameClose_EarnsALot()
    {
        var result = Trap(FillTiming.SameClose);

        result.Pnl.ShouldBeGreaterThan(result.Costs.Fees * 10);
        result.Fills.ShouldBeGreaterThan(BarCount / 2);
    }

    [Fact]
    public void Trap_WithNextOpen_EarnsNoMoreThanMinusItsCosts()
    {
        var result = Trap(FillTiming.NextOpen);

        result.Fills.ShouldBeGreaterThan(BarCount / 2);
        result.Costs.Fees.ShouldBeGreaterThan(0m);
        result.Pnl.ShouldBeLessThanOrEqualTo(-result.Costs.Fees);
    }

    [Fact]
    public void NextOpen_IsWhatOneGetsUnasked() => new BacktestOptions { Cash = 1m }.Fill.ShouldBe(FillTiming.NextOpen);

    /// <summary>Whatever comes after a bar changes nothing of what was decided and filled up to it.</summary>
    [Fact]
    public void Fills_OfThePast_DoNotDependOnTheFuture()
    {
        var random = new Random(5);
        var prices = Enumerable.Range(0, 400).Select(_ => 5_000L + random.Next(-200, 200)).ToArray();
        var other = prices.Select((price, i) => i < 200 ? price : 5_000L + random.Next(-200, 200)).ToArray();
        var values = Bind(QuantDash.Core.Strategies.MovingAverageCross.SmaCross.Definition, ("fast", "3"), ("slow", "7"));

        IEnumerable<double> Equity(long[] of) =>
            Backtest.Run(QuantDash.Core.Strategies.MovingAverageCross.SmaCross.Definition, values, SilverFuture(), Flat(1m, 50, of), Options).Equity.Take(200);

        Equity(prices).ShouldBe(Equity(other));
    }

    private static BacktestResult Trap(FillTiming timing)
    {
        var random = new Random(11);
        var bars = Enumerable.Range(1, BarCount).Select(i =>
        {
            // The last close is fair: what is still held is worth what it cost.
            var close = 5_000L + (i == BarCount ? 0 : random.Next(2) == 0 ? -20 : 20);
            return (5_000L, Math.Max(5_000L, close), Math.Min(5_000L, close), close);
        }).ToArray();
        return Run(new Peeking(), SilverFuture(), Bars(1m, 200, bars), Options with { Cash = 10_000_000m, Fill = timing });
    }

    /// <summary>Sells what has just risen, buys what has just fallen.</summary>
    private sealed class Peeking : Strategy
    {
        public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) => context.MoveTo(instrument, bar.CloseTicks > bar.OpenTicks ? -Lots : Lots);
    }
}
