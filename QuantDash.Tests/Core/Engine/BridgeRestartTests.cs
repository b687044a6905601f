using QuantDash.Core.Locking;
using QuantDash.Core.Orders;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Our process is killed at every step of an order's life over the bridge.</summary>
public sealed class BridgeRestartTests
{
    [Fact]
    public void Epoch_IsNewAtEveryStartAndSequencesGrow()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, reports: false);
        var (epoch, sequence) = (scene.Bridge.Epoch, scene.Program.Seen[^1].Sequence);
        scene.Restart();
        scene.Reconcile(10, 0);
        scene.Program.Poll(scene.Now);
        scene.Bridge.Epoch.ShouldNotBe(epoch);
        scene.Program.Seen[^1].Sequence.ShouldBeGreaterThan(sequence);
    }

    /// <summary>Handed out, placed, and we die before the report: handed out again at once under its id, answered, never placed twice.</summary>
    [Fact]
    public void KilledAfterTheHandOut_AsksAgainAfterTheSnapshotAndGoesOn()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, reports: false);
        scene.Restart();
        scene.Order.State.ShouldBe(OrderState.Unknown);
        scene.Program.Poll(scene.Now).Value.Items.ShouldBeEmpty();
        scene.Positions(10, 0, scene.Program.Epoch);
        scene.Program.Poll(scene.Now);
        scene.Order.State.ShouldBe(OrderState.Accepted);
        scene.Fill(10);
        scene.Counter.Placed.ShouldHaveSingleItem();
        scene.Trigger.Status.ShouldBe(TriggerStatus.Executed);
        scene.Position.Short.LockedVolume.Value.ShouldBe(10);
    }

    [Fact]
    public void KilledBeforeTheHandOut_IsPlacedOnceWhileItIsFresh()
    {
        var scene = new BridgeScene().Fire();
        scene.Restart();
        scene.Reconcile(10, 0);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldBe([scene.Order.Id]);
    }

    [Fact]
    public void KilledBeforeTheHandOutAndOffForLong_IsDecidedAfresh()
    {
        var scene = new BridgeScene().Fire();
        scene.Restart(secondsOff: 40);
        scene.Reconcile(10, 0);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldBeEmpty();
        scene.Order.Reason.ShouldBe(OrderTransitions.ExpiredUnsent);
        scene.Tick(5526);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldBe([scene.Orders[1].Id]);
    }

    /// <summary>PEERS.md 4.2, case 1: filled while we were off. The snapshot counts the fill before its report comes; nothing is counted twice.</summary>
    [Fact]
    public void FilledWhileWeWereOff_SnapshotFirstThenTheReport_LocksOnce()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        var fill = scene.Fill(10, tell: false);
        scene.Restart(secondsOff: 20);
        scene.Reconcile(10, 10);
        scene.Position.Short.Volume.Value.ShouldBe(10);
        scene.Program.Tell(scene.Now, fill);

        (scene.Position.Long.Volume.Value, scene.Position.Short.Volume.Value).ShouldBe((10, 10));
        scene.Position.Short.LockedVolume.Value.ShouldBe(10);
        scene.Position.Short.AverageOpenPrice!.Value.Value.ShouldBe(5518);
        scene.Trigger.Status.ShouldBe(TriggerStatus.Executed);
        scene.Harness.Snapshot.Locks.ShouldHaveSingleItem();
        scene.Program.Tell(scene.Now, fill);
        scene.Position.Short.Volume.Value.ShouldBe(10);
    }

    /// <summary>A snapshot counted the fill, and we were killed before its report came: what the snapshot added is remembered over the restart.</summary>
    [Fact]
    public void CountedByASnapshotBeforeTheKill_ToldAfterTheRestart_CountsOnce()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        var fill = scene.Fill(10, tell: false);
        scene.Positions(10, 10);
        scene.Position.Short.Volume.Value.ShouldBe(10);
        scene.Restart(secondsOff: 20);
        scene.Program.Tell(scene.Now, fill);

        (scene.Position.Long.Volume.Value, scene.Position.Short.Volume.Value).ShouldBe((10, 10));
        scene.Trigger.Status.ShouldBe(TriggerStatus.Executed);
        scene.Reconcile(10, 10);
        scene.Position.Short.Volume.Value.ShouldBe(10);
        scene.Harness.Snapshot.Locks.ShouldHaveSingleItem();
    }

    /// <summary>PEERS.md 4.2, case 3: the day's reports come again after a restart.</summary>
    [Fact]
    public void ReportsRepeatedAfterARestart_ChangeNothing()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        var first = scene.Fill(4);
        scene.Restart();
        scene.Reconcile(10, 4);
        var second = scene.Fill(6, tell: false);
        foreach (var report in (BridgeReport[])[first, second, first, second]) scene.Program.Tell(scene.Now, report);
        scene.Position.Short.Volume.Value.ShouldBe(10);
        scene.Order.State.ShouldBe(OrderState.Filled);
        scene.Trigger.FilledVolume.Value.ShouldBe(10);
    }

    [Fact]
    public void WorkingOrder_IsQueriedInTheNewEpoch()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        scene.Restart();
        scene.Reconcile(10, 0);
        scene.Program.Poll(scene.Now);
        scene.Program.Seen[^1].Action.ShouldBe(BridgeAction.Query);
        scene.Order.State.ShouldBe(OrderState.Accepted);
        scene.Bridge.Commands.ShouldBeEmpty();
    }

    [Fact]
    public void CancelUnderWay_IsAskedForAgainInTheNewEpoch()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        scene.Wait(1);
        scene.Tick(5530);
        scene.Order.State.ShouldBe(OrderState.Cancelling);
        scene.Restart();
        scene.Reconcile(10, 0);
        scene.Program.Poll(scene.Now);
        scene.Program.Seen[^1].Action.ShouldBe(BridgeAction.Cancel);
        scene.Orders[0].State.ShouldBe(OrderState.Cancelled);
        scene.Orders.Count.ShouldBe(2);
    }
}
