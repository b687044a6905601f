using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A cancel takes its time there: the lock goes out when the close is final, not when its cancel was asked for.</summary>
public sealed class OwnOrdersOverABridgeTests
{
    private readonly BridgeScene _scene = new();
    private readonly ClientOrderId _close;

    public OwnOrdersOverABridgeTests()
    {
        _scene.Tick(5500);
        var placed = _scene.Harness.Engine.PlaceOrder(new(_scene.Account, BridgeScene.Pta, OrderPurpose.Close, Side.Long, new(4), OrderType.Limit, new Price(5600)), _scene.Now);
        _close = placed.Value.Id;
        _scene.Harness.Commit();
        _scene.Program.Poll(_scene.Now);
        _scene.Fire();
    }

    [Fact]
    public void Lock_WaitsForTheCloseToBeFinal()
    {
        _scene.Trigger.Status.ShouldBe(TriggerStatus.Pending);
        _scene.Orders.ShouldHaveSingleItem().State.ShouldBe(OrderState.Cancelling);
        _scene.Tick(5524);
        _scene.Orders.Count.ShouldBe(1, "nothing goes out while the close may still be filled");

        _scene.Program.Tell(_scene.Now, new BridgeReport { OrderId = _close, Status = BridgeStatus.Cancelled, FilledVolume = Volume.Zero, Timestamp = _scene.Now });
        _scene.Orders.Count.ShouldBe(2);
        _scene.Trigger.Status.ShouldBe(TriggerStatus.Executing);
        _scene.Orders.Single(order => order.TriggerId is not null).Volume.Value.ShouldBe(10);
    }

    [Fact]
    public void Lock_TakesOnlyWhatTheCloseLeft()
    {
        _scene.Program.Tell(_scene.Now, new BridgeReport { OrderId = _close, Status = BridgeStatus.Filled, FilledVolume = new(4), TradeVolume = new(4), Price = new Price(5600), TradeId = "t1", Timestamp = _scene.Now });
        _scene.Position.Long.Volume.Value.ShouldBe(6);
        _scene.Orders.Single(order => order.TriggerId is not null).Volume.Value.ShouldBe(6, "no naked short");
    }

    [Fact]
    public void Lock_HeldBackForHalfAMinute_IsAnAlarm()
    {
        _scene.Told.ShouldContain("lock.clears_the_way");
        for (var second = 0; second < 31; second++)
        {
            _scene.Wait(1);
            _scene.Program.Poll(_scene.Now, reports: false);
            _scene.Tick(5522);
        }
        _scene.Told.Count(key => key == "lock.way_blocked").ShouldBe(1);
    }
}
