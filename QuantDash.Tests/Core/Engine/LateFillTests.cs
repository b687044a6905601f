using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Trades that are told after a snapshot that counted them (PTA: 5 t a lot, 3 yuan to open and to close, closing today free): what they did is what they would have
/// done if they had been told in time.</summary>
public sealed class LateFillTests
{
    private readonly BridgeScene _scene = new(balance: 1_000_000m);
    private int _trades;

    private IReadOnlyList<(decimal? Price, decimal Volume)> Lots(Side side) =>
        [.. DurableState.After(_scene.Harness.Journal.Batches, long.MaxValue).Lots.Where(lot => lot.Side == side).OrderBy(lot => lot.OpenedAt).Select(lot => (lot.OpenPrice?.Value, lot.Volume.Value))];

    private Funds Funds => _scene.Harness.Snapshot.Accounts[0].Funds;
    private PositionLock Latest => _scene.Harness.Journal.Changes.OfType<JournalChange.LockSaved>().Last().Lock;

    [Fact]
    public void LateClose_RealisesOnTheLotsThatTheSnapshotTook()
    {
        var close = Trade(OrderSide.Sell, Offset.Close, 8, 5600);
        Snapshot(2);
        Tell(close);

        Funds.RealisedPnl.ShouldBe(4000m);
        Funds.Fees.ShouldBe(0m);
        Lots(Side.Long).ShouldBe([(5500m, 2m)]);
        _scene.Tick(5510);
        Funds.Equity.ShouldBe(1_000_000m + 4000m + (2 * 10 * 5));
        _scene.ShouldBalance();
    }

    [Fact]
    public void LateClose_OfTheOlderOfTwoLots_RealisesItsPrice()
    {
        Tell(Trade(OrderSide.Sell, Offset.Close, 10, 5500));
        Tell(Trade(OrderSide.Buy, Offset.Open, 6, 5400));
        Tell(Trade(OrderSide.Buy, Offset.Open, 6, 5600));
        var close = Trade(OrderSide.Sell, Offset.Close, 6, 5500);
        Snapshot(6);
        _scene.Restart();
        Tell(close);

        Funds.RealisedPnl.ShouldBe(3000m);
        Lots(Side.Long).ShouldBe([(5600m, 6m)]);
        _scene.ShouldBalance();
    }

    [Fact]
    public void LateClose_OfYesterdaysLots_PaysTheirRate()
    {
        Snapshot(10, today: 0);
        var close = Trade(OrderSide.Sell, Offset.Close, 8, 5600);
        Snapshot(2, today: 0);
        Tell(close);
        Funds.Fees.ShouldBe(24m);
        _scene.ShouldBalance();
    }

    [Fact]
    public void LateClose_InParts_ALotBookedMeanwhileStays()
    {
        BothOf(Trade(OrderSide.Sell, Offset.Close, 5, 5600), Trade(OrderSide.Sell, Offset.Close, 3, 5610), out var first, out var second);
        Snapshot(2);
        Tell(Trade(OrderSide.Buy, Offset.Open, 1, 5550));
        Tell(first);
        _scene.Restart();
        Tell(second);

        Funds.RealisedPnl.ShouldBe(((100 * 5) + (110 * 3)) * 5m);
        Lots(Side.Long).ShouldBe([(5500m, 2m), (5550m, 1m)]);
        _scene.ShouldBalance();
    }

    [Fact]
    public void LateOpen_InParts_TheAdoptedLotBecomesTheirs()
    {
        BothOf(Trade(OrderSide.Buy, Offset.Open, 4, 5510), Trade(OrderSide.Buy, Offset.Open, 2, 5516), out var first, out var second);
        Snapshot(16);
        Tell(first);
        _scene.Restart();
        _scene.Position.Long.Volume.Value.ShouldBe(16);
        Tell(second);

        Lots(Side.Long).ShouldBe([(5500m, 10m), (5510m, 4m), (5516m, 2m)]);
        Funds.Fees.ShouldBe(18m);
        _scene.ShouldBalance();
    }

    [Fact]
    public void LateOpen_OfALotThatALockHoldsByNow_TheLockKeepsIt()
    {
        Tell(Trade(OrderSide.Sell, Offset.Open, 16, 5520));
        BothOf(Trade(OrderSide.Buy, Offset.Open, 4, 5510), Trade(OrderSide.Buy, Offset.Open, 2, 5516), out var first, out var second);
        Snapshot(16, 16);
        _scene.Harness.Engine.Locks.AdoptPair(_scene.Account, BridgeScene.Pta, null, _scene.Now).Problems.ShouldBeEmpty();
        _scene.Harness.Commit();
        Tell(first);
        _scene.ShouldBalance();
        Tell(second);

        var held = _scene.Harness.Snapshot.Locks.ShouldHaveSingleItem();
        (held.Status, held.Bound(Side.Long).Value, held.Bound(Side.Short).Value).ShouldBe((LockStatus.Active, 16m, 16m));
        held.FrozenProfit.ShouldBe(((20 * 10) + (10 * 4) + (4 * 2)) * 5m);
        Lots(Side.Long).ShouldBe([(5500m, 10m), (5510m, 4m), (5516m, 2m)]);
        _scene.Position.Long.LockedVolume.Value.ShouldBe(16);
        _scene.ShouldBalance();
    }

    /// <summary>The trader called the pair a lock before the firing's own trade was told: it is the firing's lock.</summary>
    [Fact]
    public void LateLockFill_OfAPairThatWasAdoptedMeanwhile_IsNoSecondLock()
    {
        _scene.Fire();
        _scene.Program.Poll(_scene.Now);
        var fill = _scene.Fill(10, tell: false);
        _scene.Wait(1);
        Snapshot(10, 10);
        _scene.Harness.Engine.Locks.AdoptPair(_scene.Account, BridgeScene.Pta, null, _scene.Now).Problems.ShouldBeEmpty();
        _scene.Harness.Commit();
        _scene.Program.Tell(_scene.Now, fill);

        var held = _scene.Harness.Snapshot.Locks.ShouldHaveSingleItem();
        (held.Status, held.Bound(Side.Long).Value, held.Bound(Side.Short).Value).ShouldBe((LockStatus.Active, 10m, 10m));
        _scene.Trigger.Status.ShouldBe(TriggerStatus.Executed);
        Lots(Side.Short).ShouldBe([(5518m, 10m)]);
        _scene.ShouldBalance();
    }

    [Theory]
    [InlineData(true, 10, 0)]
    [InlineData(false, 10, 0)]
    [InlineData(true, 4, 6)]
    [InlineData(false, 4, 6)]
    public void UnlockFilledUnheard_SnapshotFirst_IsUnlocked(bool restart, decimal first, decimal then)
    {
        Unlocking();
        BridgeReport[] fills = then == 0 ? [_scene.Fill(first, tell: false)] : [_scene.Fill(first, tell: false), _scene.Fill(then, tell: false)];
        if (restart)
        {
            Restart(0, 10);
        }
        else
        {
            _scene.Wait(1);
            Snapshot(0, 10);
        }
        _scene.ShouldBalanceButForTheVenue();
        foreach (var fill in fills)
        {
            _scene.Program.Tell(_scene.Now, fill);
            _scene.ShouldBalanceButForTheVenue();
        }

        (Latest.Status, Latest.UnlockedVolume.Value, Latest.RealisedProfit).ShouldBe((LockStatus.Unlocked, 10m, 900m));
        _scene.Told.ShouldNotContain("lock.broken");
        _scene.Told.ShouldNotContain("order.would_oversell");
        (_scene.Position.Short.Volume.Value, _scene.Position.Short.LockedVolume.Value).ShouldBe((10, 0));
        _scene.ShouldBalance();
    }

    /// <summary>Lots of the lock were closed, and not by its unlock.</summary>
    [Fact]
    public void UnlockThatEndsWithoutWhatTheSnapshotTook_LeavesTheLockBroken()
    {
        var id = Unlocking();
        _scene.Wait(1);
        Snapshot(0, 10);
        _scene.Told.ShouldNotContain("lock.broken");
        _scene.Program.Tell(_scene.Now, new BridgeReport { OrderId = id, Status = BridgeStatus.Cancelled, FilledVolume = Volume.Zero, Timestamp = _scene.Now });

        var held = _scene.Harness.Snapshot.Locks.ShouldHaveSingleItem();
        (held.Status, held.Volume.Value, held.Bound(Side.Long).Value, held.Bound(Side.Short).Value).ShouldBe((LockStatus.Broken, 10m, 0m, 10m));
        _scene.Told.ShouldContain("lock.broken");
        _scene.ShouldBalance();
    }

    [Fact]
    public void AdoptedLotsClosedBeforeTheirFillIsTold_LeaveNoGhost()
    {
        var open = Trade(OrderSide.Buy, Offset.Open, 6, 5520);
        Snapshot(16);
        Tell(Trade(OrderSide.Sell, Offset.Close, 10, 5530));
        Tell(Trade(OrderSide.Sell, Offset.Close, 6, 5530));
        _scene.Restart();
        Tell(open);

        _scene.Harness.Snapshot.Accounts[0].Positions.ShouldAllBe(position => position.Long.Volume.IsZero && position.Short.Volume.IsZero);
        Funds.RealisedPnl.ShouldBe(((30 * 10) + (10 * 6)) * 5m);
        Funds.Fees.ShouldBe(18m);
        _scene.ShouldBalance();
    }

    [Fact]
    public void AdoptedLotsTakenByTheNextSnapshot_LeaveNoGhost()
    {
        Tell(Trade(OrderSide.Sell, Offset.Close, 10, 5500));
        var open = Trade(OrderSide.Buy, Offset.Open, 6, 5520);
        Snapshot(6);
        var close = Trade(OrderSide.Sell, Offset.Close, 6, 5530);
        Snapshot(0);
        Tell(open);
        Lots(Side.Long).ShouldBeEmpty();
        Tell(close);
        Lots(Side.Long).ShouldBeEmpty();
        Funds.RealisedPnl.ShouldBe(10 * 6 * 5m);
        _scene.ShouldBalance();
    }

    /// <summary>A close of what was never told to be opened, and then it is.</summary>
    [Fact]
    public void CloseToldBeforeItsOpen_LeavesNoGhost()
    {
        Tell(Trade(OrderSide.Sell, Offset.Close, 10, 5500));
        BothOf(Trade(OrderSide.Buy, Offset.Open, 6, 5520), Trade(OrderSide.Sell, Offset.Close, 6, 5530), out var open, out var close);
        Tell(close);
        Tell(open);
        Lots(Side.Long).ShouldBeEmpty();
        Funds.RealisedPnl.ShouldBe(10 * 6 * 5m);
        _scene.ShouldBalance();
    }

    /// <summary>A report that sums up what was filled has the time of the telling, and not of the trades.</summary>
    [Fact]
    public void SummedReportStampedWhenTold_CountsWhatTheSnapshotCountedOnce()
    {
        _scene.Fire();
        _scene.Program.Poll(_scene.Now);
        _scene.Fill(6, tell: false);
        _scene.Wait(50);
        Snapshot(10, 6);
        _scene.Wait(130);
        var told = _scene.Fill(4, tell: false) with { FilledVolume = new(10), TradeVolume = null, TradeId = null, Timestamp = _scene.Now };
        _scene.Program.Tell(_scene.Now, told);
        _scene.Position.Short.Volume.Value.ShouldBe(10);
        _scene.Trigger.Status.ShouldBe(TriggerStatus.Executed);
        _scene.ShouldBalance();
    }

    /// <summary>A rule that failed on a leg that is flat guards nothing: the snapshots that come every minute say no more about it.</summary>
    [Fact]
    public void ProtectionOfALegThatWasClosedElsewhere_IsToldOnce()
    {
        _scene.Fire();
        _scene.Program.Poll(_scene.Now);
        Snapshot(0);
        _scene.Program.Poll(_scene.Now);
        _scene.Trigger.Status.ShouldBe(TriggerStatus.Failed);
        for (var again = 0; again < 3; again++) Snapshot(0);
        _scene.Told.Count(key => key == "protection.withdrawn").ShouldBe(1);
    }

    private ClientOrderId Unlocking()
    {
        Tell(Trade(OrderSide.Sell, Offset.Open, 10, 5520));
        _scene.Harness.Engine.Locks.AdoptPair(_scene.Account, BridgeScene.Pta, null, _scene.Now).Problems.ShouldBeEmpty();
        _scene.Harness.Commit();
        _scene.Tick(5510);
        var sent = _scene.Harness.Engine.Locks.Unlock(new(_scene.Account, BridgeScene.Pta, null, UnlockLegs.Long, null, OrderType.Limit, new Price(5518)), _scene.Now);
        sent.Problems.ShouldBeEmpty();
        _scene.Harness.Commit();
        _scene.Program.Poll(_scene.Now);
        _scene.Counter.Placed.ShouldHaveSingleItem();
        return _scene.Counter.Placed[0];
    }

    private void Restart(decimal longs, decimal shorts)
    {
        _scene.Restart(20);
        _scene.Program.Poll(_scene.Now);
        Snapshot(longs, shorts, epoch: _scene.Program.Epoch);
    }

    private ToldTrade Trade(OrderSide side, Offset offset, decimal volume, decimal price)
    {
        _scene.Wait(1);
        return new() { TradeId = $"t{++_trades}", Symbol = BridgeScene.Pta, Side = side, Offset = offset, Volume = new(volume), Price = new(price), Timestamp = _scene.Now };
    }

    private static void BothOf(ToldTrade one, ToldTrade two, out ToldTrade first, out ToldTrade second) => (first, second) = (one, two);

    private void Tell(ToldTrade trade)
    {
        _scene.Wait(1);
        _scene.Trades(trade).Value.Booked.ShouldBe(1);
    }

    /// <summary>A snapshot without prices, all of today unless said.</summary>
    private void Snapshot(decimal longs, decimal shorts = 0, decimal? today = null, string? epoch = null)
    {
        if (epoch is null) _scene.Wait(1);
        _scene.Harness.Engine.ApplySnapshot(
            new()
            {
                AccountId = _scene.Account, Timestamp = _scene.Now, Epoch = epoch, Complete = true,
                Positions = [new() { Symbol = BridgeScene.Pta, LongVolume = new(longs), LongToday = new(today ?? longs), ShortVolume = new(shorts), ShortToday = new(shorts) }],
            },
            _scene.Now).Problems.ShouldBeEmpty();
        _scene.Harness.Commit();
    }
}
