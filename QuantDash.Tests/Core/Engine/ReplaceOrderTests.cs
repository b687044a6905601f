using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Another price for an order given by hand: the next child goes only after the previous is final, with what it left.</summary>
public sealed class ReplaceOrderTests
{
    [Fact]
    public void Replace_GoesOutAfterTheCancelIsCertain_WithWhatWasLeft()
    {
        var (scene, first) = Working();
        scene.Fill(3);
        Replace(scene, first, 5590).Succeeded.ShouldBeTrue();
        scene.Orders.Count.ShouldBe(1, "not before the first one's end is certain");
        scene.Program.Poll(scene.Now);
        scene.Program.Poll(scene.Now);
        scene.Orders[0].State.ShouldBe(OrderState.Cancelled);
        (scene.Orders[1].LimitPrice, scene.Orders[1].Volume.Value, scene.Orders[1].Child).ShouldBe((new Price(5590), 5, 2));
        scene.Counter.Placed.ShouldBe([first, scene.Orders[1].Id]);
        scene.ShouldBalance();
    }

    [Fact]
    public void Replace_CrossedByTheFill_SendsNothing()
    {
        var (scene, first) = Working();
        Replace(scene, first, 5590);
        scene.Fill(8);
        scene.Program.Poll(scene.Now);
        scene.Order.State.ShouldBe(OrderState.Filled);
        scene.Counter.Placed.ShouldBe([first]);
        scene.ShouldBalance();
    }

    [Fact]
    public void Replace_LegClosedElsewhereMeanwhile_SendsNothingAndSaysSo()
    {
        var (scene, first) = Working();
        Replace(scene, first, 5590);
        scene.Positions(4, 0);
        scene.Program.Poll(scene.Now);
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldBe([first]);
        scene.Told.ShouldContain("order.not_replaced");
        scene.ShouldBalance();
    }

    [Fact]
    public void Replace_OfWhatCannotBe_IsRefusedAndNothingChanges()
    {
        var (scene, first) = Working();
        Replace(scene, first, 5591).Problems.ShouldHaveSingleItem().Code.ShouldBe("off_tick");
        Replace(scene, new("STRANGER-1"), 5590).Problems.ShouldHaveSingleItem().Code.ShouldBe("unknown_order");
        scene.Order.State.ShouldBe(OrderState.Accepted);
        Replace(scene, first, 5590);
        Replace(scene, first, 5592).Problems.ShouldHaveSingleItem().Code.ShouldBe("not_replaceable");
        scene.Program.Poll(scene.Now);
        scene.Program.Poll(scene.Now);
        Replace(scene, first, 5592).Problems.ShouldHaveSingleItem().Code.ShouldBe("already_final");
    }

    /// <summary>A cancel an hour later is another wish: the change that could not be made is not made then.</summary>
    [Fact]
    public void Replace_CancelRefused_ForgetsTheChangeAndSaysSo()
    {
        var (scene, first) = Working();
        Replace(scene, first, 5590);
        scene.Program.Tell(scene.Now, new BridgeReport { OrderId = first, Status = BridgeStatus.Accepted, Reason = "too late", Timestamp = scene.Now });
        scene.Order.State.ShouldBe(OrderState.Accepted);
        NotReplaced(scene).ShouldBe(["cancel_refused"]);
        Cancel(scene);
        scene.Counter.Placed.ShouldBe([first]);
        scene.Order.State.ShouldBe(OrderState.Cancelled);
    }

    [Fact]
    public void Replace_CancelledByHandMeanwhile_IsCalledOff()
    {
        var (scene, first) = Working();
        Replace(scene, first, 5590);
        Cancel(scene);
        scene.Counter.Placed.ShouldBe([first]);
        scene.Order.State.ShouldBe(OrderState.Cancelled);
        scene.Told.ShouldContain("order.change_called_off");
        NotReplaced(scene).ShouldBeEmpty("whoever called it off knows");
    }

    /// <summary>The trader looks it up, orders by hand and settles: the preview promised that nothing else happens.</summary>
    [Fact]
    public void Replace_CancelUnanswered_ForgetsTheChange_AndSettlingSendsNothing()
    {
        var (scene, first) = Working();
        Replace(scene, first, 5590);
        for (var i = 0; i < 12 && scene.Order.State != OrderState.Unknown; i++)
        {
            scene.Program.Poll(scene.Now, loseTheAnswer: true);
            scene.Wait(5);
        }
        scene.Order.State.ShouldBe(OrderState.Unknown);
        NotReplaced(scene).ShouldBe(["no_answer"]);
        OrderSettlement settled = new(SettledAs.Cancelled);
        scene.Harness.Engine.PreviewSettlement(scene.Account, first, settled).Value.Then.ShouldBe(SettlementThen.Ends);
        scene.Harness.Engine.SettleOrder(scene.Account, first, settled, scene.Now).Problems.ShouldBeEmpty();
        scene.Harness.Commit();
        scene.Program.Poll(scene.Now);
        scene.Order.State.ShouldBe(OrderState.Cancelled);
        scene.Counter.Placed.ShouldBe([first]);
    }

    /// <summary>Friday 15:00 is the end of the day: what comes next is Monday's.</summary>
    [Fact]
    public void Replace_EndedByTheDaysEnd_SendsNothingAtYesterdaysPrice()
    {
        var (scene, first) = Working(wait: (5 * 60 * 60) - 5);
        Replace(scene, first, 5590);
        scene.Wait(10);
        scene.Program.Poll(scene.Now);
        scene.Program.Poll(scene.Now);
        scene.Order.State.ShouldBe(OrderState.Cancelled);
        scene.Counter.Placed.ShouldBe([first]);
        NotReplaced(scene).ShouldBe(["day_ended"]);
    }

    [Fact]
    public void Replace_KilledBeforeTheSuccessor_SaysAtStartThatNothingFollows()
    {
        var (scene, first) = Working();
        Replace(scene, first, 5590);
        scene.Restart();
        NotReplaced(scene).ShouldBe(["restart"]);
        scene.Reconcile(10, 0);
        scene.Program.Poll(scene.Now);
        scene.Order.State.ShouldBe(OrderState.Cancelled);
        scene.Counter.Placed.ShouldBe([first]);
        scene.Restart();
        NotReplaced(scene).ShouldBe(["restart"], "once");
    }

    [Fact]
    public void Replace_CrossedByARefusalOfTheOrderItself_SaysThatNothingFollows()
    {
        var (scene, first) = Working();
        Replace(scene, first, 5590);
        scene.Program.Tell(scene.Now, new BridgeReport { OrderId = first, Status = BridgeStatus.Rejected, Reason = "no such product", Timestamp = scene.Now });
        NotReplaced(scene).ShouldBe(["rejected"]);
        scene.Counter.Placed.ShouldBe([first]);
    }

    /// <summary>A leg that is closed in an emergency is not closed once more by a change that was on its way.</summary>
    [Fact]
    public void Replace_FlattenedMeanwhile_IsCalledOff()
    {
        var (scene, first) = Working();
        Replace(scene, first, 5590);
        scene.Tick(5500);
        scene.Harness.Engine.Emergency.Stop(new(scene.Account, EmergencyThen.Flatten, "look", Force: true), scene.Now).Problems.ShouldBeEmpty();
        scene.Harness.Commit();
        scene.Told.ShouldContain("order.change_called_off");
        for (var i = 0; i < 3; i++)
        {
            scene.Program.Poll(scene.Now);
            scene.Wait(1);
        }
        scene.Orders.Where(order => order.Id != first && order.LimitPrice == new Price(5590)).ShouldBeEmpty();
        scene.Counter.Standing.Sum(order => order.Volume).ShouldBeLessThanOrEqualTo(10m);
    }

    [Theory]
    [InlineData(5590, 9, "volume more_than_left")]
    [InlineData(5590, 0, "volume not_a_volume")]
    [InlineData(5600, 8, "price nothing_changes")]
    [InlineData(5600, null, "price nothing_changes")]
    [InlineData(5902, 8, "price beyond_limits")]
    [InlineData(5198, 8, "price beyond_limits")]
    [InlineData(5902, 9, "price beyond_limits volume more_than_left")]
    [InlineData(5600, 7, "")]
    [InlineData(5900, 8, "")]
    public void Preview_NamesTheFieldThatIsWrong_AndSendsNothing(int price, int? volume, string wrong)
    {
        var (scene, first) = Working();
        scene.Harness.Tick(BridgeScene.Pta, new() { Timestamp = scene.Now, LastPrice = 5500, Volume = 10, BidPrice = 5498, BidVolume = 9, AskPrice = 5502, AskVolume = 9, LowerLimit = 5200, UpperLimit = 5900 });

        var preview = scene.Harness.Engine.PreviewReplace(first, new(price), volume is { } lots ? new(lots) : null, scene.Now);

        string.Join(' ', preview.Problems.Select(problem => $"{problem.Field} {problem.Code}")).ShouldBe(wrong);
        scene.Order.State.ShouldBe(OrderState.Accepted);
    }

    [Fact]
    public void Preview_SaysWhatGoesOutAndWhetherItTradesAtOnce()
    {
        var (scene, first) = Working();
        scene.Fill(3);
        scene.Tick(5500);

        var rests = scene.Harness.Engine.PreviewReplace(first, new(5570), new(4), scene.Now).Value;
        (rests.Volume.Value, rests.Dropped.Value, rests.TradesAtOnce).ShouldBe((4, 1, false));
        scene.Harness.Engine.PreviewReplace(first, new(5498), null, scene.Now).Value.TradesAtOnce.ShouldBe(true);
    }

    private static (BridgeScene Scene, ClientOrderId Id) Working(double wait = 0)
    {
        var scene = new BridgeScene();
        if (wait > 0)
        {
            scene.Wait(wait);
            scene.Reconcile(10, 0);
        }
        scene.Harness.Engine.PlaceOrder(new(scene.Account, BridgeScene.Pta, OrderPurpose.Close, Side.Long, new(8), OrderType.Limit, new Price(5600)), scene.Now).Problems.ShouldBeEmpty();
        scene.Harness.Commit();
        scene.Program.Poll(scene.Now);
        scene.Order.State.ShouldBe(OrderState.Accepted);
        return (scene, scene.Order.Id);
    }

    private static Outcome<Order> Replace(BridgeScene scene, ClientOrderId id, decimal price)
    {
        var replaced = scene.Harness.Engine.ReplaceOrder(id, new(price), null, scene.Now);
        scene.Harness.Commit();
        return replaced;
    }

    private static void Cancel(BridgeScene scene)
    {
        scene.Harness.Engine.CancelOrder(scene.Orders[0].Id, scene.Now).Problems.ShouldBeEmpty();
        scene.Harness.Commit();
        scene.Program.Poll(scene.Now);
        scene.Program.Poll(scene.Now);
    }

    /// <summary>Why no changed order followed, as told.</summary>
    private static IEnumerable<string> NotReplaced(BridgeScene scene) =>
        scene.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Where(change => change.Event.Key == "order.not_replaced").Select(change => change.Event.Values[^1]);
}
