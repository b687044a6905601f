using QuantDash.Core.Hosting;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Hosting;

/// <summary>How the signals of strategies went: the numbers are worked out by hand.</summary>
public sealed class SignalStatisticsTests
{
    private const decimal Tick = 2m;
    private static readonly DateTimeOffset At = SampleSnapshot.Now;
    private int _number;

    [Fact]
    public void Signals_AreCountedByTheirEnd()
    {
        var told = SignalStatistics.Of(
        [
            Judged(Signal(filled: 3m)),
            Judged(Signal(filled: 3m)),
            Judged(Signal(filled: 1m)),
            Judged(Signal() with { ProblemCode = "strategy_paused", ErrorMessage = "策略已暂停" }),
            Judged(Signal() with { ErrorMessage = "策略停止" }),
            Judged(Signal() with { IsOver = false, Result = SignalResult.Pending }),
            Judged(Signal(filled: 2m) with { IsOver = false }),
            Judged(Signal() with { Volume = new(0m), ProblemCode = "not_a_volume", ErrorMessage = "数量无效" }),
        ]);

        (told.Signals, told.Open, told.Filled, told.Partly, told.Refused, told.Cancelled).ShouldBe((8, 2, 2, 1, 2, 1));
        told.FilledShare.ShouldBe(3d / 6d);
    }

    /// <summary>1, 2 and 9 s: a mean of 4, a median of 2. With 4 s too: a mean of 4, a median of 3. Of one that was filled in part nobody knows when.</summary>
    [Fact]
    public void TimeToFill_HasMeanAndMedian_OfThoseWhollyFilled()
    {
        JudgedSignal[] three = [Judged(Signal(filled: 3m, seconds: 9)), Judged(Signal(filled: 3m, seconds: 1)), Judged(Signal(filled: 3m, seconds: 2))];
        var odd = SignalStatistics.Of([.. three, Judged(Signal(filled: 1m, seconds: 500)), Judged(Signal(seconds: 700))]);
        (odd.MeanSecondsToFill, odd.MedianSecondsToFill).ShouldBe((4d, 2d));
        var even = SignalStatistics.Of([.. three, Judged(Signal(filled: 3m, seconds: 4))]);
        (even.MeanSecondsToFill, even.MedianSecondsToFill).ShouldBe((4d, 3d));
    }

    /// <summary>Bought at 5690 when 5688 was seen: one tick against. Sold at 5694: three ticks better. A stop sold at 5676 below its level of 5680: two ticks against. A limit has none.</summary>
    [Fact]
    public void Slippage_IsAgainstThePriceThatDecided()
    {
        var bought = Judged(Signal(filled: 3m, price: 5690m));
        var sold = Judged(Signal(filled: 3m, price: 5694m) with { Side = OrderSide.Sell, Offset = Offset.Close, Action = SignalAction.Close });
        var stopped = Judged(Signal(filled: 1m, price: 5676m) with { Side = OrderSide.Sell, Offset = Offset.Close, Action = SignalAction.Close, Type = StrategyOrderType.Stop, Price = new(5680m), IsTriggered = true });
        var limited = Judged(Signal(filled: 3m, price: 5684m) with { Type = StrategyOrderType.Limit, Price = new(5684m) });

        SignalStatistics.Of([bought]).SlippageTicks.ShouldBe(1d);
        SignalStatistics.Of([sold]).SlippageTicks.ShouldBe(-3d);
        SignalStatistics.Of([stopped]).SlippageTicks.ShouldBe(2d);
        SignalStatistics.Of([limited]).SlippageTicks.ShouldBeNull();
        var all = SignalStatistics.Of([bought, sold, stopped, limited]);
        (all.Priced, all.SlippageTicks).ShouldBe((3, 0d));
    }

    [Fact]
    public void WhatIsNotKnown_IsUnknown_NotZero()
    {
        var none = SignalStatistics.Of([Judged(Signal(filled: 3m)) with { PriceTick = null }, Judged(Signal(filled: 3m) with { TriggerPrice = null })]);
        (none.Priced, none.SlippageTicks).ShouldBe((0, null));
        var refused = SignalStatistics.Of([Judged(Signal() with { ProblemCode = "strategy_paused" })]);
        (refused.MeanSecondsToFill, refused.MedianSecondsToFill, refused.SlippageTicks, refused.FilledShare).ShouldBe((null, null, null, 0d));
        SignalStatistics.Of([]).FilledShare.ShouldBeNull();
    }

    [Fact]
    public void Reasons_AreCounted_WithTheNumbersOfTheLatest()
    {
        var told = SignalStatistics.Of(
        [
            Judged(Signal() with { ProblemCode = "max_order_volume", ErrorMessage = "超过单笔手数限额: 12, 限额 10", ProblemValues = ["12", "10"] }),
            Judged(Signal() with { ProblemCode = "max_order_volume", ErrorMessage = "超过单笔手数限额: 15, 限额 10", ProblemValues = ["15", "10"] }),
            Judged(Signal() with { ErrorMessage = "策略停止" }),
            Judged(Signal(filled: 1m) with { ErrorMessage = "其余部分没有持仓" }),
            Judged(Signal(filled: 3m)),
        ]);

        told.Reasons.Select(reason => (reason.Code, reason.Message, reason.Signals)).ShouldBe([("max_order_volume", "超过单笔手数限额: 15, 限额 10", 2), (null, "其余部分没有持仓", 1), (null, "策略停止", 1)]);
        told.Reasons[0].Values.ShouldBe(["15", "10"]);
    }

    [Fact]
    public void Kinds_AreLinesOfTheirOwn_TheBusiestFirst()
    {
        var close = Signal(filled: 3m) with { Action = SignalAction.Close };
        var lines = SignalStatistics.ByKind(
        [
            Judged(close), Judged(Signal()), Judged(Signal(filled: 3m)), Judged(Signal() with { Type = StrategyOrderType.Limit }), Judged(close with { Symbol = SampleSnapshot.Gold.Symbol }),
            Judged(close) with { Mode = StrategyMode.Shadow },
        ]);

        lines.Select(line => (line.Symbol, line.Action, line.Type, line.Mode, line.Signals)).ShouldBe(
        [
            (SampleSnapshot.Pta.Symbol, SignalAction.Buy, StrategyOrderType.Market, StrategyMode.Paper, 2), (SampleSnapshot.Pta.Symbol, SignalAction.Buy, StrategyOrderType.Limit, StrategyMode.Paper, 1),
            (SampleSnapshot.Pta.Symbol, SignalAction.Close, StrategyOrderType.Market, StrategyMode.Paper, 1), (SampleSnapshot.Pta.Symbol, SignalAction.Close, StrategyOrderType.Market, StrategyMode.Shadow, 1),
            (SampleSnapshot.Gold.Symbol, SignalAction.Close, StrategyOrderType.Market, StrategyMode.Paper, 1),
        ]);
        (lines[0].Filled, lines[0].Cancelled).ShouldBe((1, 1));
        var total = SignalStatistics.Of([Judged(close), Judged(Signal()) with { Mode = StrategyMode.Shadow }]);
        (total.Symbol, total.Action, total.Mode).ShouldBe((SampleSnapshot.Pta.Symbol, null, null), "what differs is nobody's");
    }

    [Fact]
    public void Order_ByPrice_HasThoseWithoutOneLast_WhicheverWay()
    {
        StrategySignal[] signals = [Signal() with { TriggerPrice = null }, Signal() with { TriggerPrice = new(9.5m) }, Signal() with { TriggerPrice = new(10m) }];
        signals.Order(new SignalOrder(SignalSort.Price)).Select(signal => signal.Number).ShouldBe([3, 2, 1]);
        signals.Order(new SignalOrder(SignalSort.Price, Ascending: true)).Select(signal => signal.Number).ShouldBe([2, 3, 1]);
        signals.Order(default(SignalOrder)).Select(signal => signal.Number).ShouldBe([3, 2, 1], "newest first");
    }

    private static JudgedSignal Judged(StrategySignal signal) => new(signal, StrategyMode.Paper, Tick);

    private StrategySignal Signal(decimal filled = 0m, double seconds = 1, decimal price = 5690m)
    {
        var at = At.AddMinutes(++_number);
        return SampleStrategies.Signal(_number, filled > 0m ? SignalResult.Success : SignalResult.Failed, at) with
        {
            Volume = new(3m), FilledVolume = new(filled), AverageFillPrice = filled > 0m ? new Price(price) : null, IsOver = true, UpdatedAt = at.AddSeconds(seconds),
        };
    }
}
