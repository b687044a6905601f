using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine.Peers42;

/// <summary>Cases 1, 3, 5, 6 and 10 of our list of ten: what happens between our process, its link and the counter. Each ends with books that balance.</summary>
[Trait(Profile.Reliability, "P4.2")]
public sealed class Peers42RestartTests
{
    /// <summary>The program placed the lock order and we died before its answer, whatever the counter did meanwhile.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(10)]
    public void Case1_KilledBetweenSendAndAck_IsQueriedAndAdopted_NeverASecondLock(decimal filledMeanwhile)
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, reports: false);
        var order = scene.Order.Id;
        var fill = filledMeanwhile > 0 ? scene.Fill(filledMeanwhile, tell: false) : null;
        scene.Restart();
        scene.Order.State.ShouldBe(OrderState.Unknown);
        scene.Reconcile(10, filledMeanwhile);
        scene.Program.Poll(scene.Now);
        if (fill is not null) scene.Program.Tell(scene.Now, fill);
        if (filledMeanwhile < 10) scene.Fill(10 - filledMeanwhile);

        scene.Counter.Placed.ShouldBe([order]);
        scene.Trigger.Status.ShouldBe(TriggerStatus.Executed);
        scene.Harness.Snapshot.Locks.ShouldHaveSingleItem().Volume.Value.ShouldBe(10);
        scene.Tick(5540);
        scene.Harness.Snapshot.Triggers.Count.ShouldBe(1);
        scene.ShouldBalance();
    }

    /// <summary>The counter sends the whole day again at login, before and after the positions. Four lots of the leg belong to no lock, and their stop is reached meanwhile: its order waits for the end
    /// of the replay, and then goes out.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Case3_DaysFillsReplayedAtLogin_NoDoubleCount_AndNoOrderBeforeTheReplayEnds(bool beforeTheSnapshot)
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        BridgeReport[] day = [scene.Fill(4), scene.Fill(6)];
        scene.Wait(1);
        scene.Positions(14, 10).Problems.ShouldBeEmpty();
        scene.Harness.Rule(EngineHarness.NewRule(scene.Account, BridgeScene.Pta, Side.Long, TriggerType.Price) with { StopLossPrice = new(5510) });
        scene.Harness.Snapshot.Rules.Count(rule => rule.State.State == ArmState.Armed).ShouldBe(1, "the rule that must wait is watched");
        scene.Restart();
        scene.Program.Poll(scene.Now).Value.Items.ShouldBeEmpty();
        if (beforeTheSnapshot) scene.Program.Tell(scene.Now, day);
        scene.Tick(5508);
        Stop(scene).Status.ShouldBe(TriggerStatus.Pending, "it fired, and cannot be sent");
        scene.Program.Poll(scene.Now).Value.Items.ShouldBeEmpty("no order before the replay ends");
        (scene.Orders.Count, scene.Counter.Placed.Count).ShouldBe((1, 1), "nor one that is kept for later");
        scene.Positions(14, 10, scene.Program.Epoch).Problems.ShouldBeEmpty();
        scene.Program.Tell(scene.Now, day);
        scene.Trades([.. day.Select(fill => new ToldTrade
        {
            TradeId = fill.TradeId!, Symbol = BridgeScene.Pta, Side = OrderSide.Sell, Offset = Offset.Open, Price = fill.Price!.Value, Volume = fill.TradeVolume!.Value, Timestamp = fill.Timestamp!.Value, OrderId = fill.OrderId,
        })]).Value.Booked.ShouldBe(0);
        (scene.Position.Long.Volume.Value, scene.Position.Short.Volume.Value).ShouldBe((14, 10));
        scene.Harness.Snapshot.Locks.ShouldHaveSingleItem().Volume.Value.ShouldBe(10);

        scene.Wait(1);
        scene.Tick(5506);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.Count.ShouldBe(2, "the replay has ended");
        scene.Fill(4);
        (Stop(scene).Status, Stop(scene).FilledVolume.Value).ShouldBe((TriggerStatus.Executed, 4));
        (scene.Position.Long.Volume.Value, scene.Position.Short.Volume.Value).ShouldBe((14, 14));
        scene.Harness.Snapshot.Locks.Sum(held => held.Volume.Value).ShouldBe(14);
        scene.ShouldBalance();
    }

    /// <summary>The link lives, polls come and go, and one fill was never told.</summary>
    [Fact]
    public void Case5_SocketAliveOneFillFrameMissing_FoundWithinAMinute()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        var missed = scene.Fill(10, tell: false);
        var found = 0;
        for (var second = 1; second <= 60 && found == 0; second++)
        {
            scene.Wait(1);
            scene.Program.Poll(scene.Now);
            if (scene.Program.SnapshotWanted) scene.Positions(10, 10, scene.Program.Epoch).Problems.ShouldBeEmpty();
            if (View(scene).Differences.Any(difference => difference is { Kind: DifferenceKind.Leg, Side: Side.Short })) found = second;
        }
        found.ShouldBeInRange(1, 60);
        scene.Program.Poll(scene.Now);
        View(scene).Differences.ShouldContain(difference => difference.Kind == DifferenceKind.Fills && difference.Venue == 10m, "its order says what is missing");
        scene.Program.Tell(scene.Now, missed);

        scene.Position.Short.Volume.Value.ShouldBe(10);
        scene.Trigger.Status.ShouldBe(TriggerStatus.Executed);
        scene.Harness.Snapshot.Locks.ShouldHaveSingleItem().Volume.Value.ShouldBe(10);
        scene.ShouldBalance();
    }

    /// <summary>Here: what the trigger says, and that the event is one of the loudest. That such a message reaches a phone's server is
    /// <see cref="Web.Features.Notifications.NotificationRunTests.Case6_BridgeFallsSilent_TheMessageReachesItsReceiver"/>.</summary>
    [Fact]
    public void Case6_TradeLinkDeadQuotesAlive_TriggerSaysItCannotSend_AndAPersonIsPaged()
    {
        var scene = new BridgeScene();
        for (var second = 0; second < 70; second += 2)
        {
            scene.Wait(2);
            scene.Tick(5500 + (second / 10 * 2));
        }
        scene.Told.ShouldContain("bridge.down");
        QuantDash.Core.Notifications.NotificationTable.For("bridge.down", TapeSeverity.Danger)!.Priority.ShouldBe(QuantDash.Core.Notifications.NotificationPriority.Urgent);
        var leg = ProtectionMap.Build(scene.Harness.Engine.Snapshot(scene.Now)).ShouldHaveSingleItem();
        (leg.CanSend, leg.WhyNotSend).ShouldBe((false, "link_down"));

        scene.Tick(5522);
        scene.Trigger.Status.ShouldBe(TriggerStatus.Pending);
        scene.Orders.ShouldBeEmpty("nothing is queued for later");
        scene.Reconcile(10, 0);
        scene.Tick(5524);
        scene.Program.Poll(scene.Now);
        scene.Fill(10);
        scene.Trigger.Status.ShouldBe(TriggerStatus.Executed);
        scene.ShouldBalance();
    }

    /// <summary>A substitute: the case is Binance's closePosition order, which has no quantity, and there is no Binance venue here (venues are our simulator and the trader's own program), so such an
    /// order cannot be adopted as one of ours. What holds for every venue stands in its place: an order we know nothing of, without a volume, is shown as the venue's and never refused, guessed
    /// at, or booked.</summary>
    [Fact]
    public void Case10_OrderWithoutVolumeFoundAtTheVenueOnRestart_IsShownAndAcknowledged_NotRejected()
    {
        var scene = new BridgeScene();
        scene.Restart();
        scene.Reconcile(10, 0);
        ClientOrderId stranger = new("CLOSE-POSITION-1");
        var taken = scene.Program.Tell(scene.Now, new BridgeReport { OrderId = stranger, Status = BridgeStatus.Accepted, Timestamp = scene.Now });
        taken.Problems.ShouldBeEmpty();
        taken.Value.UnknownIds.ShouldBe([stranger]);
        var shown = View(scene).Differences.ShouldHaveSingleItem();
        (shown.Kind, shown.OrderId, shown.Ours, shown.Venue, shown.Why).ShouldBe((DifferenceKind.Stranger, stranger.Value, null, null, "not_ours"));
        scene.Told.ShouldContain("reconciliation.stranger");
        scene.Harness.Engine.Reconciliation.Adopt(scene.Account, shown.Key, null, scene.Now).Succeeded.ShouldBeTrue();
        View(scene).Differences.ShouldBeEmpty();
        scene.ShouldBalance();
    }

    private static LockTrigger Stop(BridgeScene scene) => scene.Harness.Snapshot.Triggers.Single(trigger => trigger.Condition == ConditionKind.Stop);

    private static ReconciliationView View(BridgeScene scene) => scene.Harness.Engine.Snapshot(scene.Now).Reconciliations.ShouldHaveSingleItem();
}
