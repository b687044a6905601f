using QuantDash.Core.Backtesting;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.Bollinger;
using QuantDash.Core.Strategies.Grid;
using QuantDash.Core.Strategies.MultiTimeframeMomentum;
using QuantDash.Core.Strategies.RsiReversal;
using QuantDash.Core.Strategies.VolumeBreakout;
using static QuantDash.Tests.Core.Backtesting.BacktestSamples;

namespace QuantDash.Tests.Core.Strategies;

/// <summary>What built-in strategies make of bars whose numbers can be worked out by hand. An order is filled at the open of the bar after the one that decided; every bar here opens at its close.</summary>
public sealed class StrategySignalTests
{
    /// <summary>RSI of 2: 0 after two falls of 2, then 100·0.5÷1.5 = 33.3, then 100·0.75÷1.25 = 60.</summary>
    [Fact]
    public void Rsi_BackAboveOversold_IsBought_AndSoldAtTheMiddle()
    {
        var result = Run(RsiReversalStrategy.Definition, [100, 98, 96, 97, 98, 99, 99], ("period", "2"));

        TradesOf(result).ShouldBe([(Side.Long, 4, 5)]);
        result.Orders.Count.ShouldBe(2);
    }

    [Fact]
    public void Rsi_BackBelowOverbought_IsSoldShort_UnlessOnlyLongsAreAllowed()
    {
        long[] closes = [100, 102, 104, 103, 102, 101, 101];

        TradesOf(Run(RsiReversalStrategy.Definition, closes, ("period", "2"))).ShouldBe([(Side.Short, 4, 5)]);
        Run(RsiReversalStrategy.Definition, closes, ("period", "2"), ("direction", "long")).Orders.ShouldBeEmpty();
    }

    [Fact]
    public void Rsi_ThatJumpsPastTheMiddle_IsNotFollowed() =>
        Run(RsiReversalStrategy.Definition, [100, 98, 96, 100, 101, 102], ("period", "2")).Orders.ShouldBeEmpty();

    [Theory]
    [InlineData("oversold", "75", "oversold", "oversold_not_below_overbought")]
    [InlineData("exit", "25", "exit", "exit_within_extremes")]
    [InlineData("exit", "29", "exit", "exit_within_extremes")]
    public void Rsi_WithLevelsThatContradictEachOther_IsRefused(string name, string value, string field, string code)
    {
        var problem = RsiReversalStrategy.Definition.Bind([KeyValuePair.Create(name, value)]).Problems.ShouldHaveSingleItem();

        (problem.Field, problem.Code).ShouldBe((field, code));
    }

    /// <summary>Of 100, 100, 97 the mean is 99 and the deviation 1.41: 97 is 2 below.</summary>
    [Theory]
    [InlineData("reversion", Side.Long)]
    [InlineData("breakout", Side.Short)]
    public void Bollinger_CloseBelowTheBand_IsBoughtOrFollowed_UntilTheMiddle(string mode, Side side)
    {
        var result = Run(BollingerStrategy.Definition, [100, 100, 100, 97, 99, 99, 99], ("period", "3"), ("deviations", "1"), ("mode", mode));

        TradesOf(result).ShouldBe([(side, 4, 5)]);
    }

    [Fact]
    public void Bollinger_InAMarketThatStandsStill_DoesNothing() =>
        Run(BollingerStrategy.Definition, [100, 100, 100, 100, 100, 100], ("period", "3")).Orders.ShouldBeEmpty();

    /// <summary>104 on bar 3 is no louder than usual; 105 on bar 4 is, and above the highs of bars 1 to 3. The lows of bars 5 and 6 are 105 and 106.</summary>
    [Fact]
    public void VolumeBreakout_NeedsALoudBar_AndLeavesBelowTheExitChannel()
    {
        var bars = Bars(1m, 100, (100, 101, 99, 100, 100), (100, 101, 99, 100, 100), (100, 101, 99, 100, 100), (103, 104, 102, 103, 150), (105, 106, 104, 105, 300),
            (106, 107, 105, 106, 100), (107, 108, 106, 107, 100), (103, 104, 102, 103, 100), (103, 104, 102, 103, 100));
        var values = Bind(VolumeBreakoutStrategy.Definition, ("channel", "3"), ("average", "3"), ("factor", "2"), ("exit", "2"));

        var result = Backtest.Run(VolumeBreakoutStrategy.Definition, values, Stock(), bars, Options);

        TradesOf(result).ShouldBe([(Side.Long, 5, 8)]);
    }

    /// <summary>Two bars of five minutes close at 1004 and 1009: the trend is up from bar 10 on, where the change over two bars is 2 of 1008, or 0.198 %.</summary>
    [Theory]
    [InlineData("0.19", true)]
    [InlineData("0.2", false)]
    public void Momentum_InTheDirectionOfTheLongerTrend_IsFollowedUntilItTurns(string threshold, bool isFollowed)
    {
        long[] closes = [.. Enumerable.Range(1000, 13), 1009, 1009, 1009];

        var result = Run(MultiTimeframeMomentumStrategy.Definition, closes, ("longer", "5m"), ("trend", "2"), ("momentum", "2"), ("threshold", threshold));

        TradesOf(result).ShouldBe(isFollowed ? [(Side.Long, 11, 14)] : []);
    }

    /// <summary>Centre 10,000, lines 100 apart: bought at 9,900 and sold at 10,000; then the price falls through both lines and four spacings below the centre.</summary>
    [Fact]
    public void Grid_EarnsASpacing_AndClosesEverythingBeyondItsStop()
    {
        var bars = Bars(0.1m, 100, (10_000, 10_000, 10_000, 10_000), (10_000, 10_000, 9_890, 9_950), (9_950, 10_010, 9_950, 10_000), (10_000, 10_000, 9_560, 9_600), (9_600, 9_600, 9_590, 9_590),
            (9_590, 9_590, 9_590, 9_590), (9_590, 9_590, 9_400, 9_500));
        var values = Bind(GridStrategy.Definition, ("spacing", "1"), ("lines", "2"), ("direction", "long"), ("stop", "2"));

        var result = Backtest.Run(GridStrategy.Definition, values, Perpetual(), bars, Options);

        result.Trades.Select(t => (t.EntryTicks, t.ExitTicks)).ShouldBe([(9_900, 10_000), (9_900, 9_600), (9_800, 9_600)]);
        result.Log.Select(line => line.Message).ShouldBe(["a grid around 1000.0, lines 10.0 apart", "the price is 2 spacings beyond the grid: everything is closed", "a grid around 959.0, lines 9.6 apart"]);
        result.OpenLong.AverageOpenPrice.ShouldBe(959.0m - 9.6m);
    }

    private static IEnumerable<(Side, int, int)> TradesOf(BacktestResult result) => result.Trades.Select(t => (t.Side, t.EntryBar, t.ExitBar));

    private static BacktestResult Run(StrategyDefinition definition, long[] closes, params (string Name, string Value)[] given) =>
        Backtest.Run(definition, Bind(definition, given), SilverFuture(), Flat(1m, 1000, closes), Options with { PriceLimits = false });
}
