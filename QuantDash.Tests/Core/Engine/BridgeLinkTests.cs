using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A link that is cut, and a venue whose clock is not ours.</summary>
public sealed class BridgeLinkTests
{
    [Fact]
    public void OrderThatNobodyTookBeforeTheCut_IsNotHandedOutAfterIt()
    {
        var scene = new BridgeScene();
        scene.Wait(40);
        scene.Fire();
        scene.Wait(21);
        (scene.Order.Reason, scene.Trigger.Status).ShouldBe((OrderTransitions.ExpiredUnsent, TriggerStatus.Pending));

        scene.Reconcile(10, 0);
        scene.Tick(5510);
        scene.Program.Poll(scene.Now);

        scene.Counter.Placed.ShouldBeEmpty();
        scene.ShouldBalance();
    }

    [Fact]
    public void SnapshotOfAVenueWhoseClockIsAhead_TakenBeforeAFill_DoesNotUndoIt()
    {
        var scene = new BridgeScene();
        Told(scene, 10, 0, scene.Now.AddSeconds(4));
        scene.Fire();
        scene.Program.Poll(scene.Now);
        scene.Wait(10);
        scene.Fill(10);
        scene.Wait(1);

        Told(scene, 10, 0, scene.Now.AddSeconds(2)).ShouldContain(difference => difference.Action == SnapshotAction.OlderThanLastFill);

        (scene.Position.Short.Volume.Value, scene.Position.Short.LockedVolume.Value).ShouldBe((10, 10));
        scene.ShouldBalance();
    }

    [Fact]
    public void CorrectionOfATradeWhoseOrderStillWorks_IsTold()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        var report = scene.Fill(4);
        scene.Program.Tell(scene.Now, report with { Price = new(5500) });

        scene.Order.State.ShouldBe(OrderState.PartiallyFilled);
        scene.Told.Count(key => key == "trade.corrected").ShouldBe(1);
        scene.Position.Short.AverageOpenPrice!.Value.Value.ShouldBe(5518);
    }

    private static IReadOnlyList<SnapshotDifference> Told(BridgeScene scene, decimal longs, decimal shorts, DateTimeOffset at)
    {
        var applied = scene.Harness.Engine.ApplySnapshot(
            new()
            {
                AccountId = scene.Account, Timestamp = at, Epoch = scene.Program.Epoch, Complete = true,
                Positions = [new() { Symbol = BridgeScene.Pta, LongVolume = new(longs), LongToday = new(longs), LongAveragePrice = new Price(5500), ShortVolume = new(shorts), ShortToday = new(shorts) }],
            },
            scene.Now);
        applied.Problems.ShouldBeEmpty();
        scene.Harness.Commit();
        return applied.Value.Differences;
    }
}
