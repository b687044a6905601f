using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Orders over the trader's own program (DESIGN.md 10 "Bridge"): each reaches the counter once, or is unknown and shown.</summary>
public sealed class BridgeTests
{
    [Fact]
    public void Firing_AfterTheSnapshot_IsPlacedOnceAndLocks()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        scene.Order.State.ShouldBe(OrderState.Accepted);
        scene.Fill(10);

        scene.Order.State.ShouldBe(OrderState.Filled);
        scene.Counter.Placed.ShouldHaveSingleItem();
        scene.Trigger.Status.ShouldBe(TriggerStatus.Executed, scene.Trigger.ErrorMessage);
        (scene.Position.Long.LockedVolume.Value, scene.Position.Short.LockedVolume.Value).ShouldBe((10, 10));
        scene.Harness.Snapshot.Locks.ShouldHaveSingleItem().FrozenProfit.ShouldBe((5518 - 5500) * 10 * 5);
    }

    [Fact]
    public void Firing_BeforeTheSnapshot_StaysPendingUntilTheEpochsSnapshotCame()
    {
        var scene = new BridgeScene(reconciled: false).Fire();
        scene.Program.Poll(scene.Now);
        scene.Program.SnapshotWanted.ShouldBeTrue();
        scene.Counter.Placed.ShouldBeEmpty();
        scene.Trigger.Status.ShouldBe(TriggerStatus.Pending);

        scene.Positions(10, 0, epoch: "another").Problems.ShouldHaveSingleItem().Code.ShouldBe("wrong_epoch");
        scene.Positions(10, 0).Succeeded.ShouldBeTrue();
        scene.Tick(5522);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldBeEmpty();

        scene.Positions(10, 0, scene.Program.Epoch).Succeeded.ShouldBeTrue();
        scene.Tick(5524);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldHaveSingleItem();
    }

    [Fact]
    public void Reports_TwiceAndInTheWrongOrder_AreBookedOnce()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, reports: false);
        var accepted = new BridgeReport { OrderId = scene.Order.Id, Status = BridgeStatus.Accepted, Timestamp = scene.Now };
        var first = scene.Fill(4, tell: false);
        var second = scene.Fill(6, tell: false);

        foreach (var report in (BridgeReport[])[second, second, accepted, first, first, second, accepted]) scene.Program.Tell(scene.Now, report);

        scene.Order.FilledVolume.Value.ShouldBe(10);
        scene.Order.State.ShouldBe(OrderState.Filled);
        scene.Position.Short.Volume.Value.ShouldBe(10);
        scene.Bridge.Commands.ShouldBeEmpty();
    }

    [Fact]
    public void Reports_WithoutTradeIds_AreBookedOnce()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        var first = scene.Fill(4, tell: false) with { TradeId = null };
        var second = scene.Fill(6, tell: false) with { TradeId = null };
        foreach (var report in (BridgeReport[])[second, first, first, second]) scene.Program.Tell(scene.Now, report);
        scene.Order.State.ShouldBe(OrderState.Filled);
        scene.Position.Short.Volume.Value.ShouldBe(10);
    }

    /// <summary>What is left to lock follows from the trades that the cancel counts.</summary>
    [Fact]
    public void Cancelled_BeforeTheTradeItCounts_WaitsForItAndAsks()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        var trade = scene.Fill(4, tell: false);
        scene.Program.Tell(scene.Now, new BridgeReport { OrderId = scene.Order.Id, Status = BridgeStatus.Cancelled, FilledVolume = new(4), Timestamp = scene.Now });
        scene.Order.IsFinal.ShouldBeFalse();
        scene.Orders.Count.ShouldBe(1);
        scene.Wait(5);
        scene.Bridge.Commands.ShouldHaveSingleItem().Action.ShouldBe(BridgeAction.Query);

        scene.Program.Tell(scene.Now, trade);
        scene.Orders.Count.ShouldBe(2);
        scene.Orders[0].State.ShouldBe(OrderState.Cancelled);
        scene.Orders[1].Volume.Value.ShouldBe(6);
    }

    [Fact]
    public void TradeOfAnOrderThatHadEnded_IsAFactAllTheSame()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        scene.Program.Tell(scene.Now, new BridgeReport { OrderId = scene.Order.Id, Status = BridgeStatus.Rejected, Reason = "资金不足", Timestamp = scene.Now });
        scene.Trigger.Status.ShouldBe(TriggerStatus.Failed);
        scene.Fill(3);
        scene.Fill(3, tell: false);
        scene.Position.Short.Volume.Value.ShouldBe(3);
        scene.Order.FilledVolume.Value.ShouldBe(3);
    }

    [Fact]
    public void NeverReported_IsUnknownAfterFiveSecondsAndAskedAgainUnderItsId()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, reports: false);
        scene.Wait(4.9);
        scene.Program.Poll(scene.Now).Value.Items.ShouldBeEmpty();
        scene.Order.State.ShouldBe(OrderState.Intended);
        scene.Wait(0.1);

        scene.Order.State.ShouldBe(OrderState.Unknown);
        scene.Told.ShouldContain("order.unknown");
        scene.Trigger.Status.ShouldBe(TriggerStatus.Executing);
        scene.Program.Poll(scene.Now);
        scene.Program.Seen.Select(command => command.Order.Id).Distinct().ShouldHaveSingleItem();
        scene.Program.Seen[1].Sequence.ShouldBeGreaterThan(scene.Program.Seen[0].Sequence);
        scene.Order.State.ShouldBe(OrderState.Accepted);
        scene.Counter.Placed.ShouldHaveSingleItem();
        scene.Told.ShouldContain("order.resolved");
    }

    /// <summary>The answer to the poll was lost on its way: the program never saw the command.</summary>
    [Fact]
    public void PollWhoseAnswerWasLost_IsHandedOutAgainAndPlacedOnce()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, loseTheAnswer: true);
        scene.Counter.Placed.ShouldBeEmpty();
        scene.Wait(5);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldHaveSingleItem();
        scene.Order.State.ShouldBe(OrderState.Accepted);
    }

    [Fact]
    public void NeverPlacedAndTooLate_IsDecidedAfreshAsTheNextChild()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, loseTheAnswer: true);
        for (var i = 0; i < 7; i++) scene.Wait(5);
        scene.Order.State.ShouldBe(OrderState.Unknown);
        scene.Program.Poll(scene.Now);

        scene.Counter.Placed.ShouldBeEmpty();
        scene.Order.State.ShouldBe(OrderState.Cancelled);
        scene.Order.Reason.ShouldBe(OrderTransitions.ExpiredUnsent);
        scene.Trigger.Status.ShouldBe(TriggerStatus.Pending);
        scene.Tick(5524);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldHaveSingleItem();
        scene.Orders[1].Child.ShouldBe(2);
    }

    /// <summary>A program that polls too late gets nothing that is too old: we never gave it out, so we know.</summary>
    [Fact]
    public void PolledLate_OrderWasWithdrawnByUsAndDecidedAgain()
    {
        var scene = new BridgeScene().Fire();
        scene.Wait(31);
        scene.Order.State.ShouldBe(OrderState.Cancelled);
        scene.Program.Poll(scene.Now).Value.Items.ShouldBeEmpty();
        scene.Trigger.Status.ShouldBe(TriggerStatus.Pending);
        scene.Tick(5524);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldBe([scene.Orders[1].Id]);
    }

    [Fact]
    public void LinkSilentForAMinute_IsDownAndAsksForASnapshotBeforeAnythingElse()
    {
        var scene = new BridgeScene();
        scene.Wait(61);
        scene.Harness.Snapshot.Accounts[0].LinkUp.ShouldBeFalse();
        scene.Told.ShouldContain("bridge.down");
        scene.Fire();
        scene.Trigger.Status.ShouldBe(TriggerStatus.Pending);
        scene.Program.Poll(scene.Now);
        scene.Harness.Snapshot.Accounts[0].LinkUp.ShouldBeTrue();
        scene.Tick(5522);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldBeEmpty();
        scene.Positions(10, 0, scene.Program.Epoch);
        scene.Tick(5524);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldHaveSingleItem();
    }

    [Fact]
    public void Reports_OnIdsWeNeverGave_AreNamedAndTheOthersTaken()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, reports: false);
        var stranger = new BridgeReport { OrderId = new("STRANGER-1"), Status = BridgeStatus.Filled, FilledVolume = new(5), Price = new(1), Timestamp = scene.Now };
        var taken = scene.Program.Tell(scene.Now, stranger, new BridgeReport { OrderId = scene.Order.Id, Status = BridgeStatus.Accepted, Timestamp = scene.Now });
        taken.Value.UnknownIds.ShouldBe([stranger.OrderId]);
        scene.Order.State.ShouldBe(OrderState.Accepted);
        scene.Position.Short.Volume.IsZero.ShouldBeTrue();
    }

    [Fact]
    public void TwoPrograms_AtOnce_TheSecondIsRefusedAndToldAbout()
    {
        var scene = new BridgeScene();
        scene.Take(scene.Now, another: true).Problems.ShouldHaveSingleItem().Code.ShouldBe("bridge_in_use");
        scene.Told.ShouldContain("bridge.two_programs");
    }

    /// <summary>Two programs that get in by turns: what one may have placed the other is only asked about, and its "never placed" is not believed.</summary>
    [Fact]
    public void TwoPrograms_ByTurns_NeverPlaceTwice()
    {
        var scene = new BridgeScene();
        var other = scene.NewProgram();
        scene.Take(scene.Now, another: true);
        scene.Fire();
        scene.Program.Poll(scene.Now, reports: false);
        for (var i = 0; i < 8; i++)
        {
            scene.Wait(5);
            other.Poll(scene.Now);
        }
        scene.Counter.Placed.ShouldHaveSingleItem();
        scene.Order.State.ShouldBe(OrderState.Unknown);

        scene.Fill(10);
        scene.Order.State.ShouldBe(OrderState.Filled);
        scene.Position.Short.Volume.Value.ShouldBe(10);
    }

    /// <summary>A counter that fills while the cancel is on its way.</summary>
    [Fact]
    public void Cancel_CrossedByTheFill_EndsFilled()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        scene.Wait(1);
        scene.Tick(5530);
        scene.Order.State.ShouldBe(OrderState.Cancelling);
        scene.Fill(10, tell: false);
        scene.Program.Poll(scene.Now);
        scene.Program.Seen[^1].Action.ShouldBe(BridgeAction.Cancel);
        scene.Order.IsFinal.ShouldBeFalse();
        scene.Bridge.Commands.ShouldNotBeEmpty();
    }

    /// <summary>PEERS.md 4.2, case 8: closed by hand in another terminal. Booked once, whether the trade or the snapshot is told first.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TradeMadeElsewhere_BesideTheSnapshot_IsCountedOnce(bool snapshotFirst)
    {
        var scene = new BridgeScene();
        var trade = new ToldTrade
        {
            TradeId = "X1", Symbol = BridgeScene.Pta, Side = OrderSide.Sell, Offset = Offset.Close, Price = new(5510), Volume = new(4), Timestamp = scene.Now,
        };
        if (snapshotFirst) scene.Positions(6, 0);
        scene.Trades(trade, trade).Value.Booked.ShouldBe(1);
        scene.Trades(trade).Value.Repeated.ShouldBe(1);
        if (!snapshotFirst) scene.Positions(6, 0);
        scene.Position.Long.Volume.Value.ShouldBe(6);
        scene.Told.ShouldContain("trade.elsewhere");
    }

    [Fact]
    public void TradeOfOurOrder_ToldAsATradeAndAsAReport_IsBookedOnce()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        var report = scene.Fill(10, tell: false);
        var trade = new ToldTrade
        {
            TradeId = report.TradeId!, Symbol = BridgeScene.Pta, Side = OrderSide.Sell, Price = new(5518), Volume = new(10), Timestamp = scene.Now, OrderId = scene.Order.Id,
        };
        scene.Trades(trade).Value.Booked.ShouldBe(1);
        scene.Program.Tell(scene.Now, report);
        scene.Trades(trade).Value.Repeated.ShouldBe(1);
        scene.Order.State.ShouldBe(OrderState.Filled);
        scene.Position.Short.LockedVolume.Value.ShouldBe(10);
    }

    /// <summary>A program that sends no times: the order was out before the snapshot, so what the snapshot found is the trade it tells of afterwards.</summary>
    [Fact]
    public void TradeWithoutATime_AfterTheSnapshotThatCountsIt_IsCountedOnce()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        var report = scene.Fill(10, tell: false) with { Timestamp = null };
        scene.Wait(1);
        scene.Positions(10, 10);
        scene.Wait(1);
        scene.Program.Tell(scene.Now, report);
        (scene.Position.Long.Volume.Value, scene.Position.Short.Volume.Value, scene.Position.Short.LockedVolume.Value).ShouldBe((10m, 10m, 10m));
        scene.Trigger.Status.ShouldBe(TriggerStatus.Executed);
    }

    /// <summary>What the snapshot found without an explanation is older than the order: the trade comes on top.</summary>
    [Fact]
    public void TradeWithoutATime_OfAnOrderSentAfterTheSnapshot_IsCounted()
    {
        var scene = new BridgeScene();
        scene.Positions(10, 4);
        scene.Wait(1);
        scene.Fire();
        scene.Program.Poll(scene.Now);
        var report = scene.Fill(6, tell: false) with { Timestamp = null };
        scene.Program.Tell(scene.Now, report);
        scene.Position.Short.Volume.Value.ShouldBe(10);
    }

    [Fact]
    public void FirstFunds_AreTheBalanceAndLaterOnesAreCompared()
    {
        var scene = new BridgeScene();
        scene.Tick(5510);
        scene.Harness.Engine.TakeFunds(scene.Account, 1_000_000m, scene.Now, scene.Now).Value.Equity.ShouldBe(1_000_000m);
        var later = scene.Harness.Engine.TakeFunds(scene.Account, 1_000_300m, scene.Now, scene.Now).Value;
        (later.Balance, later.Equity).ShouldBe((1_000_300m, 1_000_000m));
        scene.Harness.Snapshot.Accounts[0].Funds.Deposits.ShouldBe(1_000_000m - (10 * 10 * 5));
    }

    /// <summary>PEERS.md 4.2, case 7: queued while nobody asked, the link dropped: withdrawn at the cut, not sent at the reconnect, and decided afresh only after the snapshot.</summary>
    [Fact]
    public void PeersCase7_OrderQueuedWhileOffline_IsDroppedAtReconnectAndNotSent()
    {
        var scene = new BridgeScene();
        scene.Wait(35);
        scene.Fire();
        scene.Bridge.Commands.ShouldHaveSingleItem();
        scene.Wait(26);
        scene.Order.Reason.ShouldBe(OrderTransitions.ExpiredUnsent);
        scene.Bridge.Commands.ShouldBeEmpty();
        scene.Program.Poll(scene.Now).Value.Items.ShouldBeEmpty();
        scene.Reconcile(10, 0);
        scene.Program.Poll(scene.Now).Value.Items.ShouldBeEmpty();
        scene.Counter.Placed.ShouldBeEmpty();
        scene.Trigger.Status.ShouldBe(TriggerStatus.Pending);
        scene.Tick(5524);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldBe([scene.Orders[1].Id]);
    }
}
