using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>An unlock rule whose order is under way at the trader's own program while we are killed: 10 lots locked, the short leg is closed at 5520.</summary>
public sealed class UnlockRuleOverABridgeTests
{
    private readonly BridgeScene _scene = new(balance: 10_000_000m);
    private readonly Guid _rule;

    public UnlockRuleOverABridgeTests()
    {
        _scene.Positions(10, 10);
        _scene.Harness.Engine.Locks.AdoptPair(_scene.Account, BridgeScene.Pta, null, _scene.Now).Problems.ShouldBeEmpty();
        _rule = _scene.Harness.Rule(EngineHarness.NewRule(_scene.Account, BridgeScene.Pta, Side.Short, TriggerType.Price) with { Action = LockAction.Unlock, StopLossPrice = new Price(5520m) }).Rule.Id;
        _scene.Fire();
        (_scene.Trigger.ConfigId, _scene.Trigger.Status).ShouldBe((_rule, TriggerStatus.Executing));
    }

    private RuleView Rule => _scene.Harness.Snapshot.Rules.Single(view => view.Rule.Id == _rule);

    [Fact]
    public void KilledAfterTheHandOut_IsAskedFor_AndNeverPlacedTwice()
    {
        _scene.Program.Poll(_scene.Now, reports: false);
        _scene.Restart();
        _scene.Order.State.ShouldBe(OrderState.Unknown);
        _scene.Reconcile(10, 10);
        _scene.Program.Poll(_scene.Now);
        _scene.Fill(10);
        _scene.Counter.Placed.ShouldHaveSingleItem();
        IsDone();
    }

    /// <summary>The snapshot counts the fill before its report comes: the lock is not broken by it, and the rule not switched off.</summary>
    [Fact]
    public void FilledWhileWeWereOff_SnapshotFirstThenTheReport_UnlocksOnce()
    {
        _scene.Program.Poll(_scene.Now);
        var fill = _scene.Fill(10, tell: false);
        _scene.Restart(secondsOff: 20);
        _scene.Reconcile(10, 0);
        Rule.Rule.IsEnabled.ShouldBeTrue();
        _scene.Told.ShouldNotContain("lock.broken");
        _scene.Program.Tell(_scene.Now, fill);
        IsDone();
    }

    [Fact]
    public void KilledBeforeTheHandOut_AndOffForLong_IsDecidedAfreshUnderTheNextNumber()
    {
        _scene.Restart(secondsOff: 40);
        _scene.Reconcile(10, 10);
        _scene.Program.Poll(_scene.Now);
        _scene.Counter.Placed.ShouldBeEmpty();
        (_scene.Order.Reason, _scene.Trigger.Status).ShouldBe((OrderTransitions.ExpiredUnsent, TriggerStatus.Pending));
        _scene.Tick(5526);
        _scene.Program.Poll(_scene.Now);
        _scene.Orders.Select(order => order.Child).ShouldBe([1, 2]);
        _scene.Counter.Placed.ShouldBe([_scene.Orders[1].Id]);
        _scene.Fill(10);
        IsDone();
    }

    private void IsDone()
    {
        (_scene.Trigger.Status, _scene.Trigger.FilledVolume.Value).ShouldBe((TriggerStatus.Executed, 10m));
        (_scene.Position.Long.Volume.Value, _scene.Position.Short.Volume.Value, _scene.Position.Long.LockedVolume.Value).ShouldBe((10m, 0m, 0m));
        _scene.Harness.Snapshot.Locks.ShouldBeEmpty();
        (Rule.Rule.IsEnabled, Rule.State.State).ShouldBe((true, ArmState.Done));
    }
}
