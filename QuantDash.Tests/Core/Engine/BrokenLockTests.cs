using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A leg below its locked volume: 10 lots locked by hand, then 4 of the long leg are gone at the counter (PTA: tick 2, 5 t a lot).</summary>
public sealed class BrokenLockTests
{
    private readonly PtaDesk _desk = new(10);

    public BrokenLockTests()
    {
        _desk.Tick(5560);
        Engine.PlaceOrder(new(_desk.Account, PtaDesk.Pta, OrderPurpose.Lock, Side.Long, new(10), OrderType.Market, null), EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
    }

    private TradingEngine Engine => _desk.Harness.Engine;
    private LockView View => _desk.Harness.Snapshot.LockViews.ShouldHaveSingleItem();
    private PositionLock Held => _desk.Harness.Snapshot.Locks.ShouldHaveSingleItem();
    private PositionView Position => _desk.Harness.Snapshot.Accounts[0].Positions[0];
    private TapeEvent? Broken => _desk.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Select(change => change.Event).LastOrDefault(item => item.Key == "lock.broken");

    [Fact]
    public void LegBelowItsLockedVolume_BreaksTheLock_AndSaysWhatIsUncovered()
    {
        Shrink(6, 10);
        (Held.Status, Held.Volume.Value).ShouldBe((LockStatus.Broken, 10m));
        (View.Covered.Value, View.UncoveredSide, View.UncoveredVolume.Value, View.UncoveredPerTick).ShouldBe((6m, Side.Short, 4m, 4m * 5 * 2));
        Held.FrozenProfit.ShouldBe((5558 - 5500) * 6 * 5, "only what is covered is frozen");
        Broken!.Severity.ShouldBe(TapeSeverity.Danger);
        Broken.Values.ShouldBe(["long", "10", "4", "40.00"]);
        Engine.Locks.Unlock(new(_desk.Account, PtaDesk.Pta, Held.Id, UnlockLegs.Long, new(1), OrderType.Market), EngineHarness.Wall)
            .Problems.ShouldHaveSingleItem().Code.ShouldBe("lock_broken");
    }

    [Fact]
    public void LegWithFreeLotsLeft_LendsThem_AndTheLockStaysWhole()
    {
        Shrink(14, 10);
        Shrink(11, 10);
        (Held.Status, Held.Volume.Value, Held.Bound(Side.Long).Value).ShouldBe((LockStatus.Active, 10m, 10m));
        Broken.ShouldBeNull();
    }

    [Fact]
    public void BothLegsGone_EndsTheLock()
    {
        Shrink(0, 0);
        _desk.Harness.Snapshot.Locks.ShouldBeEmpty();
        Broken.ShouldBeNull();
    }

    [Fact]
    public void Relock_OpensWhatWasLost()
    {
        Shrink(6, 10);
        Engine.Locks.Relock(Held.Id, OrderType.Market, null, EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        (Held.Status, Held.Volume.Value, Held.Bound(Side.Long).Value, Held.Bound(Side.Short).Value).ShouldBe((LockStatus.Active, 10m, 10m, 10m));
        Held.FrozenProfit.ShouldBe((((5558 - 5500) * 6) + ((5558 - 5562) * 4)) * 5m);
        Position.NetVolume.ShouldBe(0);
        Position.OfferedPair.IsZero.ShouldBeTrue();
        Engine.Locks.Relock(Held.Id, OrderType.Market, null, EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("lock_not_broken");
    }

    [Fact]
    public void Close_ClosesOnlyWhatIsUncovered()
    {
        Shrink(6, 10);
        Engine.Locks.CloseUncovered(Held.Id, OrderType.Market, null, EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        (Held.Status, Held.Volume.Value, Held.Bound(Side.Short).Value).ShouldBe((LockStatus.Active, 6m, 6m));
        (Position.Long.Volume.Value, Position.Short.Volume.Value).ShouldBe((6m, 6m));
        Held.RealisedProfit.ShouldBe((5558 - 5562) * 4 * 5);
    }

    [Fact]
    public void WholeLock_ShowsWhatUnwindingCosts()
    {
        (View.UncoveredVolume.Value, View.UncoveredPerTick, View.UncoveredSide).ShouldBe((0m, 0m, null));
        View.UnwindFeeToday.ShouldBe(0, "closing PTA on the day is free");
        View.UnwindFeeLater.ShouldBe(2 * 10 * 3m);
        View.UnwindSpread.ShouldBe((5562 - 5558) * 10 * 5);
    }

    private void Shrink(decimal longs, decimal shorts)
    {
        var told = new PositionSnapshot
        {
            AccountId = _desk.Account,
            Positions =
            [
                new() { Symbol = PtaDesk.Pta, LongVolume = new(longs), LongToday = new(longs), ShortVolume = new(shorts), ShortToday = new(shorts) },
            ],
        };
        Engine.ApplySnapshot(told, EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
    }
}
