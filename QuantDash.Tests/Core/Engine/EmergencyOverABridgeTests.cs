using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A cancel takes its time there: everything is closed when it is final, and what does not end is told.</summary>
public sealed class EmergencyOverABridgeTests
{
    private readonly BridgeScene _scene = new();
    private readonly ClientOrderId _close;

    public EmergencyOverABridgeTests()
    {
        _scene.Tick(5500);
        var placed = _scene.Harness.Engine.PlaceOrder(new(_scene.Account, BridgeScene.Pta, OrderPurpose.Close, Side.Long, new(4), OrderType.Limit, new Price(5600)), _scene.Now);
        _close = placed.Value.Id;
        _scene.Harness.Commit();
        _scene.Program.Poll(_scene.Now);
        _scene.Harness.Engine.Emergency.Stop(new(_scene.Account, EmergencyThen.Flatten, "", Force: true), _scene.Now).Problems.ShouldBeEmpty();
        _scene.Harness.Commit();
    }

    [Fact]
    public void Flatten_ClosesWhatTheCancelledOrderLeft()
    {
        _scene.Orders.ShouldHaveSingleItem().State.ShouldBe(OrderState.Cancelling);
        _scene.Tick(5502);
        _scene.Orders.Count.ShouldBe(1, "it may still be filled");

        _scene.Program.Tell(_scene.Now, new BridgeReport { OrderId = _close, Status = BridgeStatus.PartiallyFilled, FilledVolume = new(1), TradeVolume = new(1), Price = new Price(5600), TradeId = "t1", Timestamp = _scene.Now });
        _scene.Program.Tell(_scene.Now, new BridgeReport { OrderId = _close, Status = BridgeStatus.Cancelled, FilledVolume = new(1), Timestamp = _scene.Now });
        var order = _scene.Orders.Single(order => order.Id != _close);
        (order.Purpose, order.Volume.Value, order.Type).ShouldBe((OrderPurpose.Close, 9m, OrderType.Limit));
    }

    [Fact]
    public void Flatten_HeldBackForHalfAMinute_NamesTheLeg()
    {
        for (var second = 0; second < 31; second++)
        {
            _scene.Wait(1);
            _scene.Program.Poll(_scene.Now, reports: false);
            _scene.Tick(5500);
        }
        _scene.Told.Count(key => key == "emergency.left").ShouldBe(1);
        _scene.Orders.Count.ShouldBe(1);
        _scene.Harness.Snapshot.Accounts[0].Account.Halt.ShouldNotBeNull();
    }

    [Fact]
    public void Flatten_AfterAKill_IsNotGoneOnWith()
    {
        _scene.Restart();
        _scene.Harness.Snapshot.Accounts[0].Account.Halt.ShouldNotBeNull();
        _scene.Reconcile(10, 0);
        _scene.Program.Tell(_scene.Now, new BridgeReport { OrderId = _close, Status = BridgeStatus.Cancelled, FilledVolume = Volume.Zero, Timestamp = _scene.Now });
        _scene.Tick(5500);
        _scene.Orders.ShouldHaveSingleItem().IsFinal.ShouldBeTrue();
        _scene.Harness.Snapshot.Rules.ShouldHaveSingleItem().State.State.ShouldBe(ArmState.Armed);
    }
}
