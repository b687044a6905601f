using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>DESIGN.md 6: <c>action: reduce</c> closes instead; 6.1: <c>if_lock_refused: close</c> and <c>opposite: independent</c>.</summary>
public sealed class ReduceTests
{
    private static readonly Symbol Rebar = Symbol.Create("SHFE", "rb2701");
    private static readonly DateTimeOffset Open = new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Reduce_Fired_ClosesItsShare_AndMakesNoLock()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { Action = LockAction.Reduce, ProfitLockRatio = new(0.4m) });
        desk.Tick(5510);
        var position = desk.Harness.Snapshot.Accounts[0].Positions[0];
        (position.Long.Volume.Value, position.Short.Volume.Value).ShouldBe((6m, 0m));
        desk.Harness.Snapshot.Locks.ShouldBeEmpty();
        var trigger = desk.Triggers.ShouldHaveSingleItem();
        (trigger.Action, trigger.Status, trigger.ExecutionResult).ShouldBe((LockAction.Reduce, TriggerStatus.Executed, "平仓成功: 4手, 平仓盈亏: 160.00"));
        var execution = desk.Harness.Journal.Changes.OfType<JournalChange.ExecutionSaved>().Last().Execution;
        (execution.LockId, execution.LockVolume.Value, execution.LockedProfit).ShouldBe((null, 4m, 160m));
    }

    [Fact]
    public void Reduce_WhereTodayIsToldFromYesterday_ClosesEachAgeByAnOrderOfItsOwnOneAfterAnother()
    {
        var harness = new EngineHarness();
        var account = harness.Account();
        harness.Engine.ApplySnapshot(new() { AccountId = account, Positions = [new() { Symbol = Rebar, LongVolume = new(8), LongToday = new(3), LongAveragePrice = new Price(3500) }] }, EngineHarness.Wall).Problems.ShouldBeEmpty();
        harness.Commit();
        harness.Tick(Rebar, Open, 3500, 3499, 3501);
        harness.Rule(EngineHarness.NewRule(account, Rebar, Side.Long, TriggerType.Price) with { TriggerPrice = new Price(3510), Action = LockAction.Reduce });
        harness.Tick(Rebar, Open.AddSeconds(1), 3510, 3509, 3511);
        var sent = harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Where(change => change.Order.State is OrderState.Intended or OrderState.Filled)
            .Select(change => (change.Order.Offset, change.Order.Volume.Value, change.Order.State)).ToList();
        sent.ShouldBe([
            (Offset.CloseYesterday, 5m, OrderState.Intended), (Offset.CloseYesterday, 5m, OrderState.Filled),
            (Offset.CloseToday, 3m, OrderState.Intended), (Offset.CloseToday, 3m, OrderState.Filled)]);
        harness.Snapshot.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Executed);
    }

    [Fact]
    public void Refused_TheRuleSaysClose_TheLegIsClosedInstead()
    {
        var desk = new PtaDesk(10, balance: 30_000m);
        desk.Save(desk.Price(5900) with { TriggerPrice = null, StopLossPrice = new(5490m), IfLockRefused = IfLockRefused.Close });
        desk.Tick(5490);
        desk.Harness.Snapshot.Accounts[0].Positions.ShouldNotContain(position => position.Long.Volume.Value > 0);
        var trigger = desk.Triggers.ShouldHaveSingleItem();
        (trigger.Action, trigger.Status, trigger.FilledVolume.Value).ShouldBe((LockAction.Reduce, TriggerStatus.Executed, 10m));
        desk.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().ShouldContain(told => told.Event.Key == "lock.refused_closing");
    }

    [Fact]
    public void Refused_TheRuleSaysAlarm_TheTriggerFailsAndTheLegStays()
    {
        var desk = new PtaDesk(10, balance: 30_000m);
        desk.Tick(5500);
        var saved = desk.Harness.Rule(desk.Price(5900) with { TriggerPrice = null, StopLossPrice = new(5490m) });
        saved.LockMarginIsCovered.ShouldBe(false, "said when it is saved, not only when it is refused");
        saved.LockMargin.ShouldNotBeNull().ShouldBeGreaterThan(0);
        desk.Tick(5490);
        desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Failed);
        desk.Harness.Snapshot.Accounts[0].Positions[0].Long.Volume.Value.ShouldBe(10);
    }

    /// <summary>DESIGN.md 6.1: an independent lock "is checked as new exposure". Its numbers are known before it is sent; one that only reduces is never blocked here.</summary>
    [Theory]
    [InlineData(OppositeLeg.Independent, IfLockRefused.Alarm, TriggerStatus.Failed, "资金不足: 需要 24771.00, 可用 15650.00", 0)]
    [InlineData(OppositeLeg.Independent, IfLockRefused.Close, TriggerStatus.Executed, "平仓成功: 10手, 平仓盈亏: 400.00", 1)]
    [InlineData(OppositeLeg.Covers, IfLockRefused.Alarm, TriggerStatus.Executed, "锁仓成功: 6手, 锁定利润: 240.00", 1)]
    public void OppositeLeg_Independent_IsCheckedAsNewExposureBeforeItIsSent(OppositeLeg opposite, IfLockRefused refused, TriggerStatus status, string says, int orders)
    {
        var desk = new PtaDesk(10, balance: 50_000m);
        desk.Harness.Hold(desk.Account, PtaDesk.Pta, 10, 5500, 4, 5500);
        desk.Save(desk.Price(5510) with { Opposite = opposite, IfLockRefused = refused });
        desk.Tick(5510);
        var trigger = desk.Triggers.ShouldHaveSingleItem();
        (trigger.Status, trigger.ErrorMessage ?? trigger.ExecutionResult).ShouldBe((status, says));
        desk.Harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Select(change => change.Order.Id).Distinct().Count().ShouldBe(orders);
    }

    [Theory]
    [InlineData(OppositeLeg.Covers, 6)]
    [InlineData(OppositeLeg.Independent, 10)]
    public void OppositeLeg_OfAnotherStrategy_LimitsTheLockUnlessItIsIndependent(OppositeLeg opposite, int locked)
    {
        var desk = new PtaDesk(10);
        desk.Harness.Hold(desk.Account, PtaDesk.Pta, 10, 5500, 4, 5500);
        desk.Save(desk.Price(5510) with { Opposite = opposite });
        desk.Tick(5510);
        desk.Triggers.ShouldHaveSingleItem().FilledVolume.Value.ShouldBe(locked);
    }
}
