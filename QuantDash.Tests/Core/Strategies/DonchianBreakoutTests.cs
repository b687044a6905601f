using QuantDash.Core.Backtesting;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.DonchianTrend;
using static QuantDash.Tests.Core.Backtesting.BacktestSamples;

namespace QuantDash.Tests.Core.Strategies;

/// <summary>Channel of 3 bars, range of 2, stop of one range; every bar is its close, one tick up and one down. By hand: after the breakout at 110 the average range is 6.5, then 4.75 and 3.875.</summary>
public sealed class DonchianBreakoutTests
{
    [Fact]
    public void Breakout_IsFollowedAtTheNextOpen_AndItsStopTrailsAndGaps()
    {
        var result = Run("both", 100, 100, 100, 100, 100, 110, 112, 114, 105, 104);

        result.Orders.Where(o => o.FilledVolume > 0).Select(o => (o.Side, o.Type)).ShouldBe(
            [(OrderSide.Buy, StrategyOrderType.Market), (OrderSide.Sell, StrategyOrderType.Stop), (OrderSide.Sell, StrategyOrderType.Market)]);
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.Side, trade.EntryTicks, trade.ExitTicks).ShouldBe((Side.Long, 112, 105));
        result.Orders.Where(o => o.Type == StrategyOrderType.Stop).Select(o => o.PriceTicks).ShouldBe([105, 107, 110, 111, 109]);
        (result.OpenLong.Volume, result.OpenShort.Volume).ShouldBe((0, 1));
    }

    [Fact]
    public void Stop_ThatEndedWithItsDay_StandsOnTheNext()
    {
        // The day ends at 111: the stop at 107 is not raised there, and the next day falls through it within its first bar.
        var result = Run("long", 7, 100, 100, 100, 100, 110, 112, 111, 108, 104);

        result.Orders.Count(o => o is { Type: StrategyOrderType.Stop, Reason: "end of the trading day" }).ShouldBe(1);
        result.Trades.ShouldHaveSingleItem().ExitTicks.ShouldBe(107);
        result.OpenLong.Volume.ShouldBe(0);
    }

    [Fact]
    public void Direction_ThatForbidsASide_GoesFlatOnItsSignal()
    {
        var result = Run("short", 100, 100, 100, 100, 100, 110, 112, 114, 105, 104, 120);

        result.Trades.ShouldHaveSingleItem().Side.ShouldBe(Side.Short);
        result.OpenLong.Volume.ShouldBe(0);
    }

    private static BacktestResult Run(string direction, int perDay, params long[] closes)
    {
        var values = Bind(DonchianBreakout.Definition, ("channel", "3"), ("atr", "2"), ("stop", "1"), ("direction", direction));
        var bars = Bars(1m, perDay, closes.Select(c => (c, c + 1, c - 1, c)).ToArray());
        return Backtest.Run(DonchianBreakout.Definition, values, SilverFuture(), bars, Options with { PriceLimits = false });
    }
}
