using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine.Reliability;

/// <summary>RELIABILITY.md B6: positions changed outside. Shown within one snapshot, locks on them re-sized or suspended, never sold twice.</summary>
[Trait(Profile.Reliability, "B6")]
public sealed class B6Tests
{
    [Theory]
    [InlineData(6, 10, LockStatus.Broken, 6)]
    [InlineData(0, 10, LockStatus.Broken, 0)]
    [InlineData(6, 6, LockStatus.Active, 6)]
    [InlineData(0, 0, null, 0)]
    public void B6_LegsOfALockChangedOutside_TheLockFollowsWithOneSnapshot(decimal longs, decimal shorts, LockStatus? status, decimal covered)
    {
        var scene = Locked();
        scene.Positions(longs, shorts).Problems.ShouldBeEmpty();
        var held = scene.Harness.Snapshot.Locks;
        held.Select(held => (LockStatus?)held.Status).DefaultIfEmpty().Single().ShouldBe(status);
        held.Sum(held => held.Covered.Value).ShouldBe(covered);
        if (longs != shorts) scene.Told.ShouldContain("lock.broken");
        scene.Told.ShouldContain("position.adopted");
        scene.ShouldBalance();
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(0, 0)]
    public void B6_LegShrinksWhileItsLockOrderWorks_TheOrderAsksForNoMoreThanIsLeft(decimal left, decimal locked)
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        scene.Positions(left, 0);
        scene.Program.Poll(scene.Now);
        scene.Orders.Where(order => !order.IsFinal).Sum(order => order.Remaining.Value).ShouldBeLessThanOrEqualTo(left);
        scene.Program.Poll(scene.Now);
        if (left > 0) scene.Program.Tell(scene.Now, scene.Counter.Fill(scene.Counter.Placed[^1], left, 5518, scene.Now));
        scene.Harness.Snapshot.Accounts[0].Positions.Sum(position => position.Short.Volume.Value).ShouldBe(locked);
        scene.ShouldBalance();
    }

    /// <summary>Own closes of a leg together never ask for more than it holds, whoever else closes it.</summary>
    [Theory]
    [InlineData(7, 4)]
    [InlineData(3, 0)]
    [InlineData(0, 0)]
    public void B6_LegClosedElsewhereWhileOwnClosesWork_TheNewestAreTakenBackUntilTheyFit(decimal left, decimal asked)
    {
        var scene = new BridgeScene();
        Close(scene, 4);
        scene.Wait(1);
        Close(scene, 6);
        scene.Program.Poll(scene.Now);
        scene.Positions(left, 0);
        scene.Program.Poll(scene.Now);
        scene.Orders.Where(order => !order.IsFinal).Sum(order => order.Remaining.Value).ShouldBe(asked);
        scene.Told.ShouldContain("order.would_oversell");
        scene.ShouldBalance();
    }

    [Fact]
    public void B6_TradeMadeElsewhere_ClosesNoLotTwice()
    {
        var scene = new BridgeScene();
        Close(scene, 8);
        scene.Program.Poll(scene.Now);
        scene.Trades(new ToldTrade { TradeId = "HAND-1", Symbol = BridgeScene.Pta, Side = OrderSide.Sell, Offset = Offset.Close, Price = new(5510), Volume = new(5), Timestamp = scene.Now });
        scene.Program.Poll(scene.Now);
        scene.Order.State.ShouldBe(OrderState.Cancelled);
        scene.Position.Long.Volume.Value.ShouldBe(5);
        scene.ShouldBalance();
    }

    private static void Close(BridgeScene scene, decimal volume)
    {
        scene.Harness.Engine.PlaceOrder(new(scene.Account, BridgeScene.Pta, OrderPurpose.Close, Side.Long, new(volume), OrderType.Limit, new Price(5600)), scene.Now).Problems.ShouldBeEmpty();
        scene.Harness.Commit();
    }

    private static BridgeScene Locked()
    {
        var scene = new BridgeScene().Fire();
        scene.Program.Poll(scene.Now);
        scene.Fill(10);
        scene.Wait(1);
        scene.Harness.Snapshot.Locks.ShouldHaveSingleItem().Status.ShouldBe(LockStatus.Active);
        return scene;
    }
}
