using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>解锁条件单 (docs/adr/0025): each condition, the lots it takes, what it leaves.</summary>
public sealed class UnlockRuleTests
{
    private readonly LockedDesk _desk = new();

    [Theory]
    [InlineData(Side.Long, true, 5600, 5598, 5600)]
    [InlineData(Side.Long, false, 5540, 5542, 5540)]
    [InlineData(Side.Short, true, 5540, 5542, 5540)]
    [InlineData(Side.Short, false, 5600, 5598, 5600)]
    public void Price_Reached_ClosesThatLegOfTheLockAndNoOther(Side leg, bool target, double level, double before, double at)
    {
        var rule = _desk.Save(target ? _desk.Target(leg, (decimal)level) : _desk.Stop(leg, (decimal)level));
        rule.LockId.ShouldBe(_desk.LockId, "left out, it is the newest lock of the contract");
        _desk.Desk.Tick(before);
        _desk.UnlockOrders.ShouldBeEmpty();
        _desk.Desk.Tick(at);
        var trigger = _desk.Trigger;
        (trigger.Status, trigger.Action, trigger.LockId, trigger.FilledVolume.Value).ShouldBe((TriggerStatus.Executed, LockAction.Unlock, _desk.LockId, 10m));
        _desk.Legs.ShouldBe(leg == Side.Long ? (0m, 10m, 0m) : (10m, 0m, 0m));
        _desk.Held.ShouldBeNull();
        var order = _desk.UnlockOrders.ShouldHaveSingleItem();
        (order.OriginId, order.TriggerId, order.LegSide, order.Offset).ShouldBe((_desk.LockId, trigger.Id, leg, Offset.Close));
        _desk.View(rule).State.State.ShouldBe(ArmState.Done);
        _desk.Tape.ShouldContain(item => item.Key == "lock.unlocked");
        _desk.Tape.ShouldContain(item => item.Key == "release.executed");
        _desk.Harness.Journal.Changes.OfType<JournalChange.ExecutionSaved>().Last().Execution.LockId.ShouldBe(_desk.LockId);
    }

    [Fact]
    public void Ratio_TakesItsShareOfTheLock_AndTheStopTheRest()
    {
        var rule = _desk.Save(_desk.Target(Side.Short, 5540) with { ProfitLockRatio = new(0.35m), StopLossPrice = new Price(5580m) });
        _desk.Desk.Tick(5540);
        _desk.Legs.ShouldBe((10m, 7m, 7m));
        (_desk.Held!.Status, _desk.Held.UnlockedVolume.Value, _desk.Held.Unlocking).ShouldBe((LockStatus.Active, 3m, null));
        _desk.View(rule).State.State.ShouldBe(ArmState.Armed, "what is still locked keeps its stop");
        _desk.Desk.Tick(5580);
        _desk.Legs.ShouldBe((10m, 0m, 0m));
        _desk.View(rule).State.State.ShouldBe(ArmState.Done);
    }

    [Fact]
    public void Profit_IsThatOfTheClosedLegSinceItsOwnOpenPrice()
    {
        _desk.Save(_desk.Rule(Side.Short, TriggerType.Profit) with { ProfitLockEnabled = true, ProfitLockThreshold = 900 });
        _desk.Desk.Tick(5542);
        _desk.UnlockOrders.ShouldBeEmpty("(5558 - 5542) x 10 x 5 is 800");
        _desk.Desk.Tick(5540);
        (_desk.Trigger.TriggerProfit, _desk.Trigger.FilledVolume.Value).ShouldBe((900m, 10m));
    }

    [Fact]
    public void Trailing_RunsFromTheExtremeSinceTheLock_AndSaysFromWhen()
    {
        _desk.Desk.Tick(5580);
        var rule = _desk.Save(_desk.Trailing(Side.Short, 30));
        var trailing = _desk.View(rule).Conditions.Single(condition => condition.Kind == ConditionKind.Trailing);
        (trailing.HighWater, trailing.HighWaterSince, trailing.Level).ShouldBe((new Price(5558m), HighWaterSince.LockPrice, new Price(5588m)), "the lock was made at 5558");
        _desk.Desk.Tick(5550);
        _desk.Desk.Tick(5578);
        _desk.UnlockOrders.ShouldBeEmpty();
        _desk.Desk.Tick(5580);
        _desk.Legs.ShouldBe((10m, 0m, 0m));
    }

    [Fact]
    public void Trailing_WithStoredTicks_StartsAtTheirExtreme()
    {
        var rule = _desk.Trailing(Side.Long, 40);
        _desk.Engine.SaveRule(rule, EngineHarness.Wall, new Price(5590m)).Value.FiresNow.ShouldBeFalse();
        var trailing = _desk.View(rule).Conditions.Single(condition => condition.Kind == ConditionKind.Trailing);
        (trailing.HighWater, trailing.HighWaterSince).ShouldBe((new Price(5590m), HighWaterSince.StoredTicks));
        _desk.Desk.Tick(5552);
        _desk.UnlockOrders.ShouldBeEmpty();
        _desk.Desk.Tick(5550);
        _desk.Legs.ShouldBe((0m, 10m, 0m));
    }

    [Fact]
    public void Saved_WhereItHoldsAlready_SaysThatItFiresNow()
    {
        var saved = _desk.Engine.SaveRule(_desk.Stop(Side.Long, 5570), EngineHarness.Wall).Value;
        (saved.FiresNow, saved.Volume.Value, saved.LockMargin).ShouldBe((true, 10m, (decimal?)null));
    }

    [Fact]
    public void Confirm_AsksFirst_AndTheClickUnlocks()
    {
        _desk.Save(_desk.Target(Side.Short, 5540) with { AutoExecute = false });
        _desk.Desk.Tick(5540);
        _desk.Trigger.Status.ShouldBe(TriggerStatus.WaitingConfirm);
        _desk.UnlockOrders.ShouldBeEmpty();
        var preview = _desk.Engine.Locks.PreviewUnlock(_desk.Trigger, EngineHarness.Wall).Value;
        (preview.AddsExposure, preview.After!.NetVolume, preview.After.MoneyPerTick).ShouldBe((true, 10m, 100m));
        _desk.Engine.ConfirmTrigger(_desk.Trigger.Id, null, force: false, EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        _desk.Legs.ShouldBe((10m, 0m, 0m));
    }

    [Fact]
    public void Confirm_ExpiredUnanswered_IsSkippedAndComesBackAfterItWasFalse()
    {
        _desk.Save(_desk.Target(Side.Short, 5540) with { AutoExecute = false, ConfirmTimeout = TimeSpan.FromSeconds(10) });
        _desk.Desk.Tick(5540);
        _desk.Desk.Wait(TimeSpan.FromSeconds(11));
        _desk.Desk.Tick(5540);
        _desk.Trigger.Status.ShouldBe(TriggerStatus.Expired);
        _desk.Desk.Tick(5544);
        _desk.Desk.Tick(5540);
        _desk.Harness.Snapshot.Triggers.Count(trigger => trigger.Status == TriggerStatus.WaitingConfirm).ShouldBe(1);
    }

    [Fact]
    public void Shadow_RecordsAndSendsNothing()
    {
        var rule = _desk.Save(_desk.Target(Side.Short, 5540) with { Shadow = true, RelockTicks = 5 });
        _desk.Desk.Tick(5540);
        _desk.Trigger.ExecutionResult.ShouldBe("影子规则: 本应解锁 10手, 未下单");
        _desk.UnlockOrders.ShouldBeEmpty();
        _desk.Harness.Snapshot.Rules.ShouldHaveSingleItem("nothing was let go, nothing is locked again").Rule.Id.ShouldBe(rule.Id);
    }

    [Fact]
    public void Group_EitherLegOfOneLock_TheFirstEndsTheOther()
    {
        _desk.Save(_desk.Stop(Side.Long, 5540) with { OcoGroup = "out" });
        var other = _desk.Save(_desk.Stop(Side.Short, 5580) with { OcoGroup = "out" });
        _desk.Desk.Tick(5540);
        _desk.Legs.ShouldBe((0m, 10m, 0m));
        _desk.View(other).State.State.ShouldBe(ArmState.Done);
        _desk.View(other).Rule.IsEnabled.ShouldBeTrue("it did not lose its lock, its group did its work");
        _desk.Desk.Tick(5580);
        _desk.UnlockOrders.ShouldHaveSingleItem();
    }

    [Fact]
    public void TwoRules_OneLock_NeverCloseMoreThanItHolds()
    {
        _desk.Save(_desk.Stop(Side.Long, 5540));
        _desk.Save(_desk.Target(Side.Short, 5540));
        _desk.Desk.TickUncommitted(5540);
        _desk.Harness.Commit();
        _desk.UnlockOrders.Sum(order => order.FilledVolume.Value).ShouldBe(10m);
        (_desk.Position.Long.Volume.Value + _desk.Position.Short.Volume.Value).ShouldBe(10m);
    }

    [Fact]
    public void LockRule_OnTheSameLeg_DoesNotCountItsLots()
    {
        _desk.Save(_desk.Target(Side.Short, 5540) with { AutoExecute = false });
        _desk.Desk.Tick(5540);
        _desk.Position.Short.LockableVolume.Value.ShouldBe(0m);
        _desk.Harness.Hold(_desk.Desk.Account, PtaDesk.Pta, 14, 5500, 10, 5558);
        _desk.Save(_desk.Desk.Price(5530));
        _desk.Desk.Tick(5542);
        _desk.Harness.Snapshot.Locks.Select(held => held.Covered.Value).ShouldBe([10m, 4m]);
        _desk.Harness.Snapshot.Triggers.Single(trigger => trigger.Action == LockAction.Lock).FilledVolume.Value.ShouldBe(4m);
    }

    [Fact]
    public void PartFilled_ChasesTheRest_AsALockRuleDoes()
    {
        _desk.Save(_desk.Target(Side.Short, 5540));
        _desk.Desk.Tick(5540, depth: 4);
        _desk.Legs.ShouldBe((10m, 6m, 6m));
        _desk.Held!.Unlocking.ShouldNotBeNull();
        _desk.Desk.Wait(TimeSpan.FromSeconds(2));
        _desk.Desk.Tick(5536);
        _desk.Desk.Tick(5536);
        _desk.Legs.ShouldBe((10m, 0m, 0m));
        _desk.Trigger.Status.ShouldBe(TriggerStatus.Executed);
    }

    [Fact]
    public void WrittenWithSql_IsBoundToTheLock_AndWithoutOneSwitchedOff()
    {
        var written = _desk.Target(Side.Short, 5540);
        _desk.Engine.TakeOver(new OutsideEdit.RuleChanged(written), problems => problems[0].Code, EngineHarness.Wall);
        _desk.Harness.Commit();
        (_desk.View(written).Rule.LockId, _desk.View(written).State.State).ShouldBe((_desk.LockId, ArmState.Armed));
        _desk.Harness.Journal.Changes.OfType<JournalChange.RuleSaved>().Last().Rule.LockId.ShouldBe(_desk.LockId, "and the row says so");
        _desk.UnlockByHand(UnlockLegs.Both);
        var late = _desk.Target(Side.Short, 5530);
        _desk.Engine.TakeOver(new OutsideEdit.RuleChanged(late), problems => problems[0].Code, EngineHarness.Wall);
        (_desk.View(late).Rule.IsEnabled, _desk.View(late).Rule.DisabledReason).ShouldBe((false, "no_lock"));
    }

    [Theory]
    [InlineData("no_lock")]
    [InlineData("unknown_lock")]
    public void WithoutALock_IsRefused(string code)
    {
        if (code == "no_lock") _desk.UnlockByHand(UnlockLegs.Both);
        var problem = _desk.Refused(_desk.Target(Side.Short, 5540) with { LockId = code == "no_lock" ? null : Guid.NewGuid() });
        (problem.Field, problem.Code).ShouldBe(("lock_id", code));
    }
}
