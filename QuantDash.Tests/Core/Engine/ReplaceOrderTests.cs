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
    }

    private static (BridgeScene Scene, ClientOrderId Id) Working()
    {
        var scene = new BridgeScene();
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
}
