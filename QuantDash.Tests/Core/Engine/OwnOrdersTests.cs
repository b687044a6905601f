using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>DESIGN.md 6.1: on firing, own orders that close the leg or would cross the lock order are cancelled and final before the lock goes out.</summary>
public sealed class OwnOrdersTests
{
    private readonly PtaDesk _desk = new(10);

    [Fact]
    public void Firing_AnOwnCloseOfTheLegWorks_IsCancelledFirst_AndTheWholeLegIsLocked()
    {
        var close = Place(OrderPurpose.Close, Side.Long, 10, 5600);
        _desk.Save(_desk.Price(5510));
        _desk.Tick(5510);
        _desk.Locked.ShouldBe(10);
        Sequence().ShouldBe([$"{close.Value} Cancelled", "lock Intended", "lock Filled"]);
        Told("lock.clears_the_way").ShouldBe(1);
    }

    [Fact]
    public void Firing_AnOwnOrderWouldTradeWithTheLock_IsCancelledFirst()
    {
        Place(OrderPurpose.Open, Side.Long, 3, 5506);
        _desk.Save(_desk.Price(5510));
        _desk.Tick(5510);
        _desk.Locked.ShouldBe(10);
        _desk.Harness.Snapshot.Accounts[0].Positions[0].Long.Volume.Value.ShouldBe(10, "the buy at 5506 did not meet our own sale at 5498");
    }

    [Fact]
    public void Firing_OwnOrdersOutOfReach_StayWhereTheyAre()
    {
        var low = Place(OrderPurpose.Open, Side.Long, 3, 5300);
        _desk.Save(_desk.Price(5510));
        _desk.Tick(5510);
        _desk.Locked.ShouldBe(10);
        _desk.Harness.Snapshot.Orders.ShouldContain(order => order.Id == low && order.State == OrderState.Accepted);
    }

    [Fact]
    public void Firing_ThatAsksFirst_CancelsNothingBeforeTheClick()
    {
        var close = Place(OrderPurpose.Close, Side.Long, 4, 5600);
        _desk.Save(_desk.Price(5510) with { AutoExecute = false });
        _desk.Tick(5510);
        var waiting = _desk.Triggers.ShouldHaveSingleItem();
        waiting.LockVolume.Value.ShouldBe(10, "what the click will lock, the close being cancelled for it");
        _desk.Harness.Snapshot.Orders.ShouldContain(order => order.Id == close);
        _desk.Harness.Engine.ConfirmTrigger(waiting.Id, null, force: false, EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        _desk.Locked.ShouldBe(10);
        _desk.Harness.Snapshot.Orders.ShouldNotContain(order => order.Id == close && order.State == OrderState.Accepted);
    }

    [Fact]
    public void Firing_AShadow_CancelsNothing()
    {
        var close = Place(OrderPurpose.Close, Side.Long, 4, 5600);
        _desk.Save(_desk.Price(5510) with { Shadow = true });
        _desk.Tick(5510);
        _desk.Harness.Snapshot.Orders.ShouldContain(order => order.Id == close && order.State == OrderState.Accepted);
    }

    private ClientOrderId Place(OrderPurpose purpose, Side side, decimal volume, decimal price)
    {
        var placed = _desk.Harness.Engine.PlaceOrder(new(_desk.Account, PtaDesk.Pta, purpose, side, new(volume), OrderType.Limit, new Price(price)), EngineHarness.Wall);
        placed.Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        return placed.Value.Id;
    }

    private List<string> Sequence() =>
        [.. _desk.Harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Select(change => change.Order)
            .Where(order => order.State is OrderState.Cancelled || order.TriggerId is not null && order.State is OrderState.Intended or OrderState.Filled)
            .Select(order => $"{(order.TriggerId is null ? order.Id.Value : "lock")} {order.State}").SkipWhile(line => line.EndsWith("Intended", StringComparison.Ordinal) && !line.StartsWith("lock", StringComparison.Ordinal))];

    private int Told(string key) => _desk.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Count(told => told.Event.Key == key);
}
