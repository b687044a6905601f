using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>An order whose outcome nobody answers for is shown, and a person may say what became of it.</summary>
public sealed class BridgeSettlementTests
{
    [Fact]
    public void Filled_ByHand_LocksAndIsWrittenToTheTape()
    {
        var scene = Unknown();
        Settle(scene, new(SettledAs.Filled, Price: new Price(5518))).Value.State.ShouldBe(OrderState.Filled);
        scene.Order.Reason.ShouldBe(OrderTransitions.SettledByHand);
        scene.Trigger.Status.ShouldBe(TriggerStatus.Executed);
        (scene.Position.Long.LockedVolume.Value, scene.Position.Short.LockedVolume.Value).ShouldBe((10, 10));
        scene.Bridge.Commands.ShouldBeEmpty();
        scene.Told.ShouldContain("order.settled");
    }

    /// <summary>The program finds its memory again, perhaps after a restart of ours, and tells the trades that a person had told.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TradesToldAfterTheHand_AreInTheBooksAlready(bool restart)
    {
        var scene = Unknown();
        Settle(scene, new(SettledAs.Filled, Price: new Price(5518)));
        if (restart)
        {
            scene.Restart();
            scene.Reconcile(10, 10);
        }
        scene.Fill(4);
        scene.Fill(6);
        scene.Position.Short.Volume.Value.ShouldBe(10);
        scene.Told.ShouldContain("order.told_after_hand");
    }

    [Fact]
    public void Cancelled_ByHandWithSomeFilled_OrdersTheRestAfresh()
    {
        var scene = Unknown();
        Settle(scene, new(SettledAs.Cancelled, new Volume(4), new Price(5518))).Value.State.ShouldBe(OrderState.Cancelled);
        scene.Position.Short.Volume.Value.ShouldBe(4);
        scene.Orders[1].Volume.Value.ShouldBe(6);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldBe([scene.Orders[0].Id, scene.Orders[1].Id]);
    }

    [Fact]
    public void NeverPlaced_ByHand_IsDecidedAgain()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, loseTheAnswer: true);
        scene.Wait(5);
        Settle(scene, new(SettledAs.NeverPlaced)).Value.Reason.ShouldBe(OrderTransitions.ExpiredUnsent);
        scene.Trigger.Status.ShouldBe(TriggerStatus.Pending);
        scene.Tick(5524);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldBe([scene.Orders[1].Id]);
    }

    /// <summary>The position snapshot had counted the fill before the person told it.</summary>
    [Fact]
    public void Filled_ByHandAfterASnapshotThatCountsIt_IsCountedOnce()
    {
        var scene = Unknown();
        scene.Positions(10, 10);
        scene.Wait(1);
        Settle(scene, new(SettledAs.Filled, Price: new Price(5518)));
        scene.Position.Short.Volume.Value.ShouldBe(10);
        scene.Position.Short.LockedVolume.Value.ShouldBe(10);
    }

    [Fact]
    public void WhatCannotHaveBeen_IsRefusedAndNothingChanges()
    {
        var scene = Unknown();
        Code(scene, new(SettledAs.Filled)).ShouldBe("required");
        Code(scene, new(SettledAs.Filled, Price: new Price(0))).ShouldBe("not_positive");
        Code(scene, new(SettledAs.Cancelled, new Volume(11), new Price(5518))).ShouldBe("more_than_ordered");
        scene.Order.State.ShouldBe(OrderState.Unknown);
        scene.Fill(4);
        Code(scene, new(SettledAs.Filled, Price: new Price(5518))).ShouldBe("order_not_unknown");
        scene.Harness.Engine.SettleOrder(scene.Account, new("STRANGER-1"), new(SettledAs.NeverPlaced), scene.Now).Problems.ShouldHaveSingleItem().Code.ShouldBe("unknown_order");
    }

    [Fact]
    public void CancelThatNobodyAnswers_IsUnknownAfterHalfAMinuteAndStillAskedFor()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        scene.Wait(1);
        scene.Tick(5530);
        scene.Order.State.ShouldBe(OrderState.Cancelling);
        for (var i = 0; i < 7; i++)
        {
            scene.Program.Poll(scene.Now, reports: false);
            scene.Wait(5);
        }
        scene.Order.State.ShouldBe(OrderState.Unknown);
        scene.Told.ShouldContain("order.unknown");
        Code(scene, new(SettledAs.NeverPlaced)).ShouldBe("order_was_placed");
        scene.Bridge.Commands.ShouldHaveSingleItem().Action.ShouldBe(BridgeAction.Cancel);
        scene.Program.Poll(scene.Now);
        scene.Orders[0].State.ShouldBe(OrderState.Cancelled);
    }

    /// <summary>The program says what it saw last: what it was given since was lost on its way, and is given again without waiting five seconds.</summary>
    [Fact]
    public void After_OlderThanWhatWasGiven_IsGivenAgainAtOnce()
    {
        var scene = new BridgeScene().Fire();
        var lost = scene.Program.Poll(scene.Now, loseTheAnswer: true).Value.Items.ShouldHaveSingleItem();
        scene.Wait(1);
        scene.Harness.Engine.TakeCommands(scene.Account, another: false, scene.Now).Value.Items.ShouldBeEmpty();
        scene.Harness.Engine.TakeCommands(scene.Account, another: false, scene.Now, after: lost.Sequence).Value.Items.ShouldBeEmpty();
        var again = scene.Harness.Engine.TakeCommands(scene.Account, another: false, scene.Now, after: lost.Sequence - 1).Value.Items.ShouldHaveSingleItem();
        (again.Order.Id, again.Sequence > lost.Sequence).ShouldBe((lost.Order.Id, true));
        scene.Harness.Engine.TakeCommands(scene.Account, another: false, scene.Now, after: lost.Sequence - 1).Value.Items.ShouldBeEmpty();
    }

    private static BridgeScene Unknown()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now, reports: false);
        scene.Wait(5);
        scene.Order.State.ShouldBe(OrderState.Unknown);
        return scene;
    }

    private static Outcome<Order> Settle(BridgeScene scene, OrderSettlement settlement)
    {
        var settled = scene.Harness.Engine.SettleOrder(scene.Account, scene.Order.Id, settlement, scene.Now);
        settled.Problems.ShouldBeEmpty();
        scene.Harness.Commit();
        return settled;
    }

    private static string Code(BridgeScene scene, OrderSettlement settlement) =>
        scene.Harness.Engine.SettleOrder(scene.Account, scene.Orders[0].Id, settlement, scene.Now).Problems.ShouldHaveSingleItem().Code;
}
