using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>解锁: 10 lots long at 5500, locked by hand at 5558 (PTA: tick 2, 5 t a lot, 3 yuan to open and to close, closing today free).</summary>
public sealed class UnlockTests
{
    private readonly PtaDesk _desk = new(10);

    public UnlockTests()
    {
        _desk.Tick(5560);
        Send(new OrderRequest(_desk.Account, PtaDesk.Pta, OrderPurpose.Lock, Side.Long, new(10), OrderType.Market, null));
        Held.FrozenProfit.ShouldBe((5558 - 5500) * 10 * 5);
    }

    private TradingEngine Engine => _desk.Harness.Engine;
    private PositionLock Held => _desk.Harness.Snapshot.Locks.ShouldHaveSingleItem();
    private PositionView Position => _desk.Harness.Snapshot.Accounts[0].Positions[0];
    private IEnumerable<TapeEvent> Tape => _desk.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Select(change => change.Event);
    private PositionLock Latest => _desk.Harness.Journal.Changes.OfType<JournalChange.LockSaved>().Last().Lock;

    [Fact]
    public void OneLeg_PartOfIt_LetsTheOldestGoOnBothSides()
    {
        var unlocked = Unlock(UnlockLegs.Short, 4);
        unlocked.Problems.ShouldBeEmpty();
        var held = Held;
        (held.Status, held.Volume.Value, held.UnlockedVolume.Value).ShouldBe((LockStatus.Active, 6m, 4m));
        held.FrozenProfit.ShouldBe((5558 - 5500) * 6 * 5, "what stays is frozen by its own lots");
        held.RealisedProfit.ShouldBe((5558 - 5562) * 4 * 5, "bought back at the ask");
        (held.Bound(Side.Long).Value, held.Bound(Side.Short).Value).ShouldBe((6m, 6m));
        Position.Long.LockedVolume.Value.ShouldBe(6);
        Position.Short.Volume.Value.ShouldBe(6);
        Position.NetVolume.ShouldBe(4);
        Position.Long.ClosableVolume.Value.ShouldBe(4, "the other side of what was unlocked is free");
    }

    [Fact]
    public void BothLegs_AreTwoOrdersOneAfterTheOther_AndEndTheLock()
    {
        Unlock(UnlockLegs.Both, null).Problems.ShouldBeEmpty();
        _desk.Harness.Snapshot.Locks.ShouldBeEmpty();
        _desk.Harness.Snapshot.Accounts[0].Positions.ShouldBeEmpty();
        Sent(OrderPurpose.Unlock).Select(order => (order.Side, order.Volume.Value)).ShouldBe([(OrderSide.Sell, 10m), (OrderSide.Buy, 10m)]);
        (Latest.Status, Latest.UnlockedVolume.Value, Latest.RealisedProfit).ShouldBe((LockStatus.Unlocked, 10m, ((5558 - 5500) + (5558 - 5562)) * 10m * 5));
        Tape.ShouldContain(item => item.Key == "lock.unlocked");
    }

    [Fact]
    public void BothLegs_WhenTheFirstIsClosedInPart_CloseTheSecondOnlyAsFar()
    {
        _desk.Tick(5560, depth: 3);
        Unlock(UnlockLegs.Both, null, OrderType.Limit, longPrice: 5558, shortPrice: 5570).Problems.ShouldBeEmpty();
        Held.Unlocking.ShouldNotBeNull();
        Held.Bound(Side.Short).Value.ShouldBe(10, "its turn comes");
        var working = _desk.Harness.Snapshot.Orders.ShouldHaveSingleItem();
        Engine.CancelOrder(working.Id, EngineHarness.Wall);
        _desk.Harness.Commit();
        Settled(3);
        (Held.Volume.Value, Held.UnlockedVolume.Value, Held.Unlocking).ShouldBe((7m, 3m, null));
        (Position.Long.Volume.Value, Position.Short.Volume.Value).ShouldBe((7m, 7m));
        Tape.ShouldContain(item => item.Key == "unlock.partial" && item.Severity == TapeSeverity.Danger);
    }

    [Fact]
    public void OneLeg_WithoutAFill_LeavesTheLockAsItWas()
    {
        Unlock(UnlockLegs.Long, 5, OrderType.Limit, longPrice: 5600).Problems.ShouldBeEmpty();
        Unlock(UnlockLegs.Short, 1).Problems.ShouldHaveSingleItem().Code.ShouldBe("lock_busy");
        Engine.CancelOrder(_desk.Harness.Snapshot.Orders.ShouldHaveSingleItem().Id, EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        (Held.Volume.Value, Held.Bound(Side.Long).Value, Held.Bound(Side.Short).Value, Held.Unlocking).ShouldBe((10m, 10m, 10m, null));
    }

    [Theory]
    [InlineData("volume", "not_enough_locked", 11)]
    [InlineData("volume", "not_a_volume", 0)]
    [InlineData("volume", "not_a_volume", 1.5)]
    public void WrongVolume_IsRefused(string field, string code, double volume)
    {
        var problem = Unlock(UnlockLegs.Long, (decimal)volume).Problems.ShouldHaveSingleItem();
        (problem.Field, problem.Code).ShouldBe((field, code));
        Sent(OrderPurpose.Unlock).ShouldBeEmpty();
    }

    [Fact]
    public void LimitOffTick_NamesTheLegsField()
    {
        var problem = Unlock(UnlockLegs.Both, 1, OrderType.Limit, longPrice: 5558, shortPrice: 5561).Problems.ShouldHaveSingleItem();
        (problem.Field, problem.Code).ShouldBe(("short_price", "off_tick"));
    }

    [Fact]
    public void UnknownLock_IsRefused() =>
        Engine.Locks.Unlock(new(_desk.Account, PtaDesk.Pta, Guid.NewGuid(), UnlockLegs.Long, null, OrderType.Market), EngineHarness.Wall)
            .Problems.ShouldHaveSingleItem().Code.ShouldBe("unknown_lock");

    [Fact]
    public void OneLeg_WithoutFundsForTheExposure_IsRefused()
    {
        var desk = new PtaDesk(10, balance: 19_500m);
        desk.Harness.Hold(desk.Account, PtaDesk.Pta, longVolume: 10, longPrice: 5500, shortVolume: 10, shortPrice: 5400);
        desk.Harness.Engine.Locks.AdoptPair(desk.Account, PtaDesk.Pta, null, EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Tick(5500);
        var available = desk.Harness.Snapshot.Accounts[0].Funds.Available!.Value;
        available.ShouldBeLessThan(0, "the test means an account that has nothing left");
        var unlock = new UnlockRequest(desk.Account, PtaDesk.Pta, null, UnlockLegs.Short, new(1), OrderType.Market);
        desk.Harness.Engine.Locks.Unlock(unlock, EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("not_enough_funds");
        desk.Harness.Engine.Locks.Unlock(unlock with { Legs = UnlockLegs.Both }, EngineHarness.Wall).Problems.ShouldBeEmpty("both legs together add nothing");
    }

    /// <summary>Killed after every batch of an unlock of both legs: whatever was durable, the unlock ends the lock or leaves it whole, and no lot is closed twice.</summary>
    [Fact]
    public void Killed_AfterAnyBatch_GoesOnWithWhatWasDurable()
    {
        var before = _desk.Harness.Journal.Last;
        Unlock(UnlockLegs.Both, 10).Problems.ShouldBeEmpty();
        var batches = _desk.Harness.Journal.Batches.ToList();
        for (var durable = before; durable <= batches[^1].Sequence; durable++)
        {
            var harness = new EngineHarness();
            harness.Restart(DurableState.After(batches, durable), EngineHarness.Wall);
            harness.Tick(PtaDesk.Pta, new DateTimeOffset(2026, 11, 20, 1, 40, 0, TimeSpan.Zero), 5560, 5558, 5562);
            harness.Engine.OnTimer(EngineHarness.Wall);
            harness.Commit();
            var why = $"durable to {durable}";
            harness.Snapshot.Orders.ShouldBeEmpty(why);
            var (longs, shorts) = Legs(harness);
            longs.ShouldBe(shorts, why);
            if (harness.Snapshot.Locks.Count == 0) longs.ShouldBe(0, why);
            else (harness.Snapshot.Locks[0].Status, harness.Snapshot.Locks[0].Volume.Value, harness.Snapshot.Locks[0].Unlocking).ShouldBe((LockStatus.Active, longs, null), why);
        }
    }

    [Fact]
    public void ReportedTwice_CountsOnce()
    {
        Unlock(UnlockLegs.Short, 4).Problems.ShouldBeEmpty();
        var (orders, fills) = (_desk.Harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Last().Order, _desk.Harness.Journal.Changes.OfType<JournalChange.FillAdded>().Count());
        var state = DurableState.After(_desk.Harness.Journal.Batches, _desk.Harness.Journal.Last);
        _desk.Harness.Restart(state, EngineHarness.Wall);
        orders.IsFinal.ShouldBeTrue();
        (Held.Volume.Value, Held.UnlockedVolume.Value).ShouldBe((6m, 4m));
        _desk.Harness.Journal.Changes.OfType<JournalChange.FillAdded>().Count().ShouldBe(fills);
    }

    private static (decimal Long, decimal Short) Legs(EngineHarness harness)
    {
        return harness.Snapshot.Accounts[0].Positions is [var position, ..] ? (position.Long.Volume.Value, position.Short.Volume.Value) : (0, 0);
    }

    private void Settled(decimal volume) => Sent(OrderPurpose.Unlock).Select(order => order.FilledVolume.Value).Max().ShouldBe(volume);

    private IEnumerable<Order> Sent(OrderPurpose purpose) =>
        _desk.Harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Select(change => change.Order).Where(order => order.Purpose == purpose)
            .GroupBy(order => order.Id).Select(versions => versions.Last()).OrderBy(order => order.Child);

    private Outcome<Unlocked> Unlock(UnlockLegs legs, decimal? volume, OrderType type = OrderType.Market, decimal? longPrice = null, decimal? shortPrice = null)
    {
        var outcome = Engine.Locks.Unlock(
            new(_desk.Account, PtaDesk.Pta, Held.Id, legs, volume is { } lots ? new(lots) : null, type, PriceOf(longPrice), PriceOf(shortPrice)), EngineHarness.Wall);
        _desk.Harness.Commit();
        return outcome;

        static Price? PriceOf(decimal? price) => price is { } value ? new(value) : null;
    }

    private void Send(OrderRequest request)
    {
        Engine.PlaceOrder(request, EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
    }
}
