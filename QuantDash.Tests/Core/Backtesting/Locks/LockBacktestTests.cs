using QuantDash.Core.Backtesting.Locks;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine;

namespace QuantDash.Tests.Core.Backtesting.Locks;

/// <summary>锁仓回测: known answers on ticks made by hand.</summary>
public sealed class LockBacktestTests
{
    [Fact]
    public void Profit_Reached_FiresOnThatTick_AndLocksTheLeg()
    {
        var result = LockDay.Run(LockDay.Ticks(5500, 5598, 5600, 5620), LockDay.Profit(5000));

        var firing = result.Firings.ShouldHaveSingleItem();
        LockDay.Of(firing).ShouldBe((ConditionKind.Profit, 2, 5600m));
        firing.Trigger.TriggerCondition.ShouldBe("利润达到阈值: 5000.00 >= 5000.00");
        (firing.Trigger.Status, firing.Execution!.LockPrice.Value, firing.Execution.LockedProfit).ShouldBe((TriggerStatus.Executed, 5598m, 4900m));
        var trade = result.Trades.ShouldHaveSingleItem();
        (trade.Fill.Side, trade.Fill.Offset, trade.Fill.Price.Value, trade.Fill.Volume.Value).ShouldBe((OrderSide.Sell, Offset.Open, 5598m, 10m));
        result.Orders.ShouldHaveSingleItem().State.ShouldBe(OrderState.Filled);
        result.Locks.ShouldHaveSingleItem().Volume.Value.ShouldBe(10m);
        result.Rules.ShouldHaveSingleItem().Fired.ShouldBeTrue();
    }

    [Fact]
    public void Price_Reached_Fires() =>
        LockDay.Run(LockDay.Ticks(5500, 5558, 5562), LockDay.Rule() with { TriggerPrice = new(5560) }).Firings.Select(LockDay.Of).ShouldBe([(ConditionKind.Price, 2, 5562m)]);

    [Fact]
    public void Stop_Reached_Fires() =>
        LockDay.Run(LockDay.Ticks(5500, 5402, 5396), LockDay.Rule() with { StopLossPrice = new(5400) }).Firings.Select(LockDay.Of).ShouldBe([(ConditionKind.Stop, 2, 5396m)]);

    [Fact]
    public void Trailing_FallenFromItsBest_Fires() =>
        LockDay.Run(LockDay.Ticks(5500, 5600, 5562, 5560, 5550), LockDay.Trailing(40)).Firings.Select(LockDay.Of).ShouldBe([(ConditionKind.Trailing, 3, 5560m)]);

    [Fact]
    public void Time_Passed_FiresOnTheFirstTickAfterIt() =>
        LockDay.Run(LockDay.Ticks(5500, 5502, 5504, 5506), LockDay.Rule(TriggerType.Time) with { TriggerTime = TriggerTime.AtClock(new(9, 30, 2)) })
            .Firings.Select(LockDay.Of).ShouldBe([(ConditionKind.Time, 2, 5504m)]);

    [Fact]
    public void Ladder_EachStageOnce() =>
        LockDay.Run(LockDay.Ticks(5500, 5520, 5522, 5540), LockDay.Rule() with { Stages = [new(5520, new(0.5m)), new(5540, new(0.5m))] })
            .Firings.Select(firing => (firing.Trigger.Stage, LockDay.Of(firing).Second, firing.Trigger.FilledVolume.Value)).ShouldBe([(1, 1, 5m), (2, 3, 5m)]);

    [Fact]
    public void ShortLeg_IsMirrored()
    {
        var result = LockDay.Backtest.Run(LockDay.Scene(side: Side.Short), LockDay.Ticks(5500, 5440, 5438), LockConfirmation.Never, [LockDay.Rule(side: Side.Short) with { TriggerPrice = new(5439) }]).Value;
        result.Firings.Select(LockDay.Of).ShouldBe([(ConditionKind.Price, 2, 5438m)]);
        result.Trades.ShouldHaveSingleItem().Fill.Side.ShouldBe(OrderSide.Buy);
    }

    /// <summary>Two rules never lock the same lots: the stop finds what the gain has left.</summary>
    [Fact]
    public void RulesBesideEachOther_ShareTheLeg_AndEachIsAnswered()
    {
        var result = LockDay.Run(LockDay.Ticks(5500, 5560, 5400), LockDay.Rule() with { TriggerPrice = new(5560), ProfitLockRatio = new(0.8m) }, LockDay.Rule() with { StopLossPrice = new(5400) });
        result.Rules.Select(rule => (rule.Firings.Count, rule.Firings[0].Trigger.FilledVolume.Value)).ShouldBe([(1, 8m), (1, 2m)]);
    }

    [Fact]
    public void NotReached_TellsHowNearItCame()
    {
        var answer = LockDay.Run(LockDay.Ticks(5500, 5552, 5520, 5500), LockDay.Rule() with { TriggerPrice = new(5560), StopLossPrice = new(5400) }).Rules.ShouldHaveSingleItem();
        answer.Fired.ShouldBeFalse();
        answer.Nearest.ShouldBe(new NearestMoment(ConditionKind.Price, LockDay.Open.AddSeconds(1), 4, 5552m, new(5560)));
    }

    [Fact]
    public void NeverEvaluated_SaysWhy()
    {
        var answer = LockDay.Run(LockDay.Ticks(5500, 5510), LockDay.Trailing(40) with { TrailingActivation = new(5600) }).Rules.ShouldHaveSingleItem();
        (answer.Nearest, answer.Why).ShouldBe((null, "not_activated"));
    }

    [Fact]
    public void Asked_AndNobodyConfirms_StaysWaiting_AndNothingIsLocked()
    {
        var result = LockDay.Run(LockDay.Ticks(5500, 5560, 5570), LockDay.Rule() with { TriggerPrice = new(5560), AutoExecute = false });
        result.Firings.ShouldHaveSingleItem().Trigger.Status.ShouldBe(TriggerStatus.WaitingConfirm);
        result.Trades.ShouldBeEmpty();
    }

    [Fact]
    public void Asked_ConfirmedAfterSeconds_FillsAtThePriceOfThen()
    {
        var rule = LockDay.Rule() with { TriggerPrice = new(5560), AutoExecute = false };
        var ticks = LockDay.Ticks(5500, 5560, 5570, 5580, 5590);
        LockDay.Run(ticks, new LockConfirmation(TimeSpan.FromSeconds(2)), rule).Trades.ShouldHaveSingleItem().Fill.Price.Value.ShouldBe(5568m, "two seconds on, the last tick before the click says 5570");
        LockDay.Run(ticks, LockConfirmation.AtOnce, rule).Trades.ShouldHaveSingleItem().Fill.Price.Value.ShouldBe(5558m);
    }

    /// <summary>The default is ten minutes.</summary>
    [Fact]
    public void Asked_ConfirmedAfterItExpired_IsNotConfirmed()
    {
        var ticks = new List<QuantDash.Core.Markets.RawTick> { LockDay.Tick(0, 5500), LockDay.Tick(1, 5560), LockDay.Tick(30, 5562), LockDay.Tick(60, 5562) };
        var rule = LockDay.Rule() with { TriggerPrice = new(5560), AutoExecute = false, ConfirmTimeout = TimeSpan.FromSeconds(20) };
        var result = LockDay.Run(new LockTicks(() => ticks), new LockConfirmation(TimeSpan.FromSeconds(25)), rule);
        (result.Firings.ShouldHaveSingleItem().Trigger.Status, result.Trades.Count).ShouldBe((TriggerStatus.Expired, 0));
    }

    [Fact]
    public void Entry_AtTheFirstTick_PaysTheOtherSide()
    {
        var result = LockDay.Backtest.Run(LockDay.Scene(price: null), LockDay.Ticks(5500, 5510), LockConfirmation.Never, [LockDay.Rule() with { TriggerPrice = new(5600) }]).Value;
        (result.StartEquity, result.FinalEquity).ShouldBe((10_000_000m - (2m * 5 * 10), 10_000_000m + (8m * 5 * 10)));
    }

    /// <summary>Where today is told from yesterday, each age is closed by an order of its own.</summary>
    [Fact]
    public void LotsOfAnEarlierDay_AreYesterdays()
    {
        var rebar = LockDay.Catalog.Find(Symbol.Create("SHFE", "rb2701"), new DateOnly(2026, 11, 20))!;
        var scene = new LockScene(rebar, 1_000_000m, [new(Side.Long, new(5), new Price(3500), new DateOnly(2026, 11, 18)), new(Side.Long, new(3), new Price(3510), new DateOnly(2026, 12, 1))]);
        var ticks = new List<QuantDash.Core.Markets.RawTick> { LockDay.Tick(0, 3520), LockDay.Tick(1, 3530), LockDay.Tick(2, 3530), LockDay.Tick(3, 3530) };
        var rule = EngineHarness.NewRule(default, rebar.Symbol, Side.Long, TriggerType.Price) with { TriggerPrice = new(3530), Action = LockAction.Reduce };
        var result = LockDay.Backtest.Run(scene, new LockTicks(() => ticks), LockConfirmation.Never, [rule]).Value;
        result.Trades.Select(trade => (trade.Fill.Offset, trade.Fill.Volume.Value)).ShouldBe([(Offset.CloseYesterday, 5m), (Offset.CloseToday, 3m)]);
    }

    [Fact]
    public void Equity_FallsAndTheMarginPeak_AreOfAllTicks()
    {
        var result = LockDay.Run(LockDay.Ticks(5500, 5540, 5480, 5500), LockDay.Rule() with { TriggerPrice = new(6000) });
        (result.StartEquity, result.FinalEquity, result.MaxDrawdown, result.Fees).ShouldBe((10_000_000m, 10_000_000m, -60m * 5 * 10, 0m));
        result.MarginPeak.ShouldBeGreaterThan(0m);
        result.Equity.Select(point => point.Equity).ShouldBe([10_000_000m, 10_002_000m, 9_999_000m, 10_000_000m]);
    }

    [Fact]
    public void SameAgain_IsTheSame()
    {
        var (ticks, rule) = (LockDay.Ticks(5500, 5560, 5570, 5400), LockDay.Rule() with { TriggerPrice = new(5560), StopLossPrice = new(5450) });
        var (one, two) = (LockDay.Run(ticks, rule), LockDay.Run(ticks, rule));
        two.Firings.ShouldBe(one.Firings);
        two.Orders.ShouldBe(one.Orders);
        two.Trades.ShouldBe(one.Trades);
        two.Equity.ShouldBe(one.Equity);
    }

    /// <summary>Today's ticks go on being recorded while they are played.</summary>
    [Fact]
    public void TicksThatComeMeanwhile_AreInNoRun()
    {
        List<QuantDash.Core.Markets.RawTick> stored = [LockDay.Tick(0, 5500), LockDay.Tick(1, 5502)];
        var ticks = new LockTicks(() => stored);
        stored.Add(LockDay.Tick(2, 5600));
        var result = LockDay.Run(ticks, LockDay.Rule() with { TriggerPrice = new(5600) });
        (result.Ticks, result.Firings.Count, result.FinalEquity, ticks.Read().Count()).ShouldBe((2, 0, 10_000_100m, 2));
    }

    [Fact]
    public void Refusals_AreNamed()
    {
        var rule = LockDay.Rule() with { TriggerPrice = new(5560) };
        Code(LockDay.Scene(), LockDay.Ticks(), rule).ShouldBe("lock_backtest_no_ticks");
        Code(LockDay.Scene(volume: 0), LockDay.Ticks(5500), rule).ShouldBe("lock_backtest_flat");
        Code(LockDay.Scene(), LockDay.Ticks(5500), rule with { Action = LockAction.Unlock }).ShouldBe("lock_backtest_unlocks");
        Code(LockDay.Scene(), LockDay.Ticks(5500), rule with { Symbol = Symbol.Create("SHFE", "rb2701") }).ShouldBe("lock_backtest_one_contract");
        Code(LockDay.Scene(), LockDay.Ticks(5500), LockDay.Rule()).ShouldBe("no_live_condition");
    }

    private static string Code(LockScene scene, LockTicks ticks, LockRule rule) => LockDay.Backtest.Run(scene, ticks, LockConfirmation.Never, [rule]).Problems.ShouldHaveSingleItem().Code;
}
