using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>An unlock rule adds exposure: what stops it, what becomes of it without its lock, and after a kill.</summary>
public sealed class UnlockRuleRiskTests
{
    [Fact]
    public void FundsShort_TheFiringFailsAndSaysWhy()
    {
        var desk = new PtaDesk(10, balance: 19_500m);
        desk.Harness.Hold(desk.Account, PtaDesk.Pta, longVolume: 10, longPrice: 5500, shortVolume: 10, shortPrice: 5400);
        desk.Harness.Engine.Locks.AdoptPair(desk.Account, PtaDesk.Pta, null, EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Save(EngineHarness.NewRule(desk.Account, PtaDesk.Pta, Side.Short, TriggerType.Price) with { Action = LockAction.Unlock, StopLossPrice = new Price(5510m) });
        desk.Tick(5510);
        var trigger = desk.Triggers.ShouldHaveSingleItem();
        trigger.Status.ShouldBe(TriggerStatus.Failed);
        trigger.ErrorMessage.ShouldNotBeNull().ShouldStartWith("资金不足: 解锁后可用 -");
        desk.Harness.Snapshot.Locks.ShouldHaveSingleItem().Covered.Value.ShouldBe(10m);
    }

    [Fact]
    public void EmergencyStop_BlocksIt_AndLeavesLockRulesAlone()
    {
        var desk = new LockedDesk();
        desk.Save(desk.Target(Side.Short, 5540));
        desk.Engine.Emergency.Stop(new(null, EmergencyThen.None, "stop", null, false), EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
        Readiness.Build(desk.Harness.Snapshot).ShouldHaveSingleItem().Findings.Single(finding => finding.State == ReadinessState.Blocked).Why.ShouldBe("halted");
        desk.Desk.Tick(5540);
        (desk.Trigger.Status, desk.Trigger.ErrorMessage).ShouldBe((TriggerStatus.Failed, LockWords.TradingHalted));
        desk.Legs.ShouldBe((10m, 10m, 10m));
        desk.UnlockOrders.ShouldBeEmpty();
    }

    [Fact]
    public void EmergencyStop_OfAnUnlockUnderWay_TakesItsOrderBack()
    {
        var desk = new LockedDesk();
        desk.Save(desk.Target(Side.Short, 5540));
        desk.Desk.Tick(5540, depth: 4);
        desk.Engine.Emergency.Stop(new(null, EmergencyThen.None, "stop", null, false), EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
        desk.Desk.Wait(TimeSpan.FromSeconds(2));
        desk.Desk.Tick(5560, depth: 1);
        desk.Legs.ShouldBe((10m, 6m, 6m));
        (desk.Trigger.Status, desk.Trigger.ErrorMessage).ShouldBe((TriggerStatus.PartiallyExecuted, "部分成交: 4/10手, " + LockWords.TradingHalted));
        desk.Held!.Unlocking.ShouldBeNull();
    }

    [Fact]
    public void StrongerLegClosed_Reduces_AndIsNeverBlocked()
    {
        var desk = new LockedDesk();
        desk.Harness.Hold(desk.Desk.Account, PtaDesk.Pta, 30, 5500, 10, 5558);
        desk.Save(desk.Stop(Side.Long, 5540));
        desk.Engine.Emergency.Stop(new(null, EmergencyThen.None, "stop", null, false), EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
        desk.Desk.Tick(5540);
        desk.Legs.ShouldBe((20m, 10m, 0m), "30 - 10 lots net become 20 - 10");
    }

    [Fact]
    public void LockUnlockedByHand_SwitchesItOff_WithItsReason_AndItFiresOnNoOtherLots()
    {
        var desk = new LockedDesk();
        var rule = desk.Save(desk.Target(Side.Short, 5540) with { AutoExecute = false });
        desk.Desk.Tick(5540);
        desk.UnlockByHand(UnlockLegs.Long);
        var view = desk.View(rule);
        (view.Rule.IsEnabled, view.Rule.DisabledReason, view.State.State).ShouldBe((false, LockWords.LockGone, ArmState.Idle));
        (desk.Trigger.Status, desk.Trigger.ErrorMessage).ShouldBe((TriggerStatus.Cancelled, "可解锁不足: 锁仓余 0手, 需要解锁: 10手"));
        desk.Tape.Count(item => item.Key == "rule.disabled").ShouldBe(1);
        desk.Desk.Tick(5560);
        desk.Desk.Tick(5530);
        desk.Legs.ShouldBe((0m, 10m, 0m));
        desk.Desk.Kill();
        desk.Tape.Count(item => item.Key == "rule.disabled").ShouldBe(1, "told once, also over a restart");
        desk.View(rule).Rule.IsEnabled.ShouldBeFalse();
        var problem = desk.Refused(view.Rule with { IsEnabled = true });
        (problem.Field, problem.Code).ShouldBe(("lock_id", "unknown_lock"));
    }

    [Fact]
    public void LockBroken_SwitchesItOff()
    {
        var desk = new LockedDesk();
        var rule = desk.Save(desk.Target(Side.Short, 5540));
        desk.Harness.Hold(desk.Desk.Account, PtaDesk.Pta, 10, 5500, 6, 5558);
        desk.Held!.Status.ShouldBe(LockStatus.Broken);
        (desk.View(rule).Rule.IsEnabled, desk.View(rule).Rule.DisabledReason).ShouldBe((false, LockWords.LockBroken));
        desk.Desk.Tick(5540);
        desk.UnlockOrders.ShouldBeEmpty();
    }

    [Fact]
    public void PartUnlockedByHand_LeavesItTheRest()
    {
        var desk = new LockedDesk();
        desk.Save(desk.Target(Side.Short, 5540) with { ProfitLockRatio = new(0.5m) });
        desk.UnlockByHand(UnlockLegs.Both, 4);
        desk.Desk.Tick(5540);
        desk.Legs.ShouldBe((6m, 3m, 3m));
    }

    [Fact]
    public void HandsOwnUnlockInTheWay_EndsFirst()
    {
        var desk = new LockedDesk();
        desk.Engine.Locks.Unlock(new(desk.Desk.Account, PtaDesk.Pta, desk.LockId, UnlockLegs.Short, new(4), OrderType.Limit, null, new Price(5500m)), EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
        desk.Save(desk.Target(Side.Short, 5540));
        desk.Desk.Tick(5540);
        desk.Legs.ShouldBe((10m, 0m, 0m));
        desk.UnlockOrders.Select(order => (order.State, order.FilledVolume.Value)).ShouldBe([(OrderState.Cancelled, 0m), (OrderState.Filled, 10m)]);
    }

    [Fact]
    public void ByHand_WhileTheRuleUnlocks_IsBusy()
    {
        var desk = new LockedDesk();
        desk.Save(desk.Target(Side.Short, 5540));
        desk.Desk.Tick(5540, depth: 4);
        desk.Engine.Locks.Unlock(new(desk.Desk.Account, PtaDesk.Pta, desk.LockId, UnlockLegs.Long, null, OrderType.Market), EngineHarness.Wall)
            .Problems.ShouldHaveSingleItem().Code.ShouldBe("lock_busy");
    }

    /// <summary>Killed after every batch from the firing to the last fill: the unlock is done once, wholly, or not begun and still armed.</summary>
    [Fact]
    public void Killed_AfterAnyBatch_NeverTwiceNeverLost()
    {
        var desk = new LockedDesk();
        desk.Save(desk.Target(Side.Short, 5540) with { RelockTicks = 10 });
        var before = desk.Harness.Journal.Last;
        desk.Desk.Tick(5540);
        desk.Legs.ShouldBe((10m, 0m, 0m));
        var batches = desk.Harness.Journal.Batches.ToList();
        for (var durable = before; durable <= batches[^1].Sequence; durable++)
        {
            var why = $"durable to {durable}";
            var harness = new EngineHarness();
            harness.Restart(DurableState.After(batches, durable), EngineHarness.Wall);
            var at = new DateTimeOffset(2026, 11, 20, 1, 40, 0, TimeSpan.Zero);
            harness.Tick(PtaDesk.Pta, at, 5540, 5538, 5542);
            foreach (var asked in harness.Snapshot.Triggers.Where(trigger => trigger.Status == TriggerStatus.WaitingConfirm))
                harness.Engine.ConfirmTrigger(asked.Id, null, force: true, at).Problems.ShouldBeEmpty(why);
            harness.Commit();
            harness.Tick(PtaDesk.Pta, at.AddSeconds(2), 5538, 5536, 5540);
            harness.Tick(PtaDesk.Pta, at.AddSeconds(4), 5538, 5536, 5540);
            var position = harness.Snapshot.Accounts[0].Positions.ShouldHaveSingleItem(why);
            (position.Long.Volume.Value, position.Short.Volume.Value).ShouldBe((10m, 0m), why);
            harness.Snapshot.Locks.ShouldBeEmpty(why);
            harness.Snapshot.Rules.Count(view => view.Rule.ParentId is not null).ShouldBe(1, why);
        }
    }

    [Fact]
    public void Relock_AfterTicksAgainst_LocksWhatWasUnlocked_Once()
    {
        var desk = new LockedDesk();
        var parent = desk.Save(desk.Target(Side.Short, 5540) with { ProfitLockRatio = new(0.3m), RelockTicks = 5 });
        desk.Desk.Tick(5540);
        desk.Legs.ShouldBe((10m, 7m, 7m));
        var child = desk.Harness.Snapshot.Rules.Single(view => view.Rule.ParentId == parent.Id);
        (child.Rule.Action, child.Rule.Direction, child.Rule.StopLossPrice, child.State.State).ShouldBe((LockAction.Lock, Side.Long, new Price(5532m), ArmState.Armed), "bought back at 5542, 5 ticks of 2 against the long leg");
        desk.Tape.Count(item => item.Key == "rule.relock_armed").ShouldBe(1);
        desk.Desk.Tick(5532);
        desk.Position.Short.Volume.Value.ShouldBe(10m);
        desk.Harness.Snapshot.Locks.Sum(held => held.Covered.Value).ShouldBe(10m);
        desk.Harness.Snapshot.Rules.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(5520, true)]
    [InlineData(5600, false)]
    public void Relock_AtAPrice_IsAStopBelowAndATargetAbove(double price, bool stop)
    {
        var desk = new LockedDesk();
        desk.Save(desk.Target(Side.Short, 5540) with { RelockPrice = new Price((decimal)price) });
        desk.Desk.Tick(5540);
        var child = desk.Harness.Snapshot.Rules.Single(view => view.Rule.ParentId is not null).Rule;
        (child.StopLossPrice?.Value, child.TriggerPrice?.Value).ShouldBe(stop ? ((decimal?)price, null) : (null, (decimal?)price));
        desk.Desk.Tick(price);
        desk.Harness.Snapshot.Locks.ShouldHaveSingleItem().Covered.Value.ShouldBe(10m);
    }

    /// <summary>The same ticks give the same firings, volumes and orders.</summary>
    [Fact]
    public void Replayed_GivesTheSameFirings()
    {
        Story().ShouldBe(Story());

        static IReadOnlyList<(string, decimal, decimal, TriggerStatus)> Story()
        {
            var desk = new LockedDesk();
            desk.Save(desk.Trailing(Side.Short, 20) with { ProfitLockRatio = new(0.4m), RelockTicks = 4 });
            desk.Save(desk.Stop(Side.Long, 5530) with { ProfitLockRatio = new(0.5m) });
            foreach (var price in (double[])[5550, 5530, 5538, 5552, 5560, 5540, 5528, 5526, 5550, 5520]) desk.Desk.Tick(price);
            return [.. desk.Harness.Snapshot.Triggers.Select(trigger => (trigger.TriggerCondition, trigger.TriggerPrice.Value, trigger.FilledVolume.Value, trigger.Status))];
        }
    }
}
