using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A pair min(long, short) owned by no lock is offered for adoption and counts as locked until answered (DESIGN.md 6.1).</summary>
public sealed class PairTests
{
    private readonly PtaDesk _desk = new(8);

    public PairTests() => Hold(8, 5500, 5, 5600);

    private TradingEngine Engine => _desk.Harness.Engine;
    private PositionView Position => _desk.Harness.Snapshot.Accounts[0].Positions[0];
    private int Found => _desk.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Count(change => change.Event.Key == "pair.found");

    [Fact]
    public void FromASnapshot_IsOffered_AndCountsAsLocked()
    {
        Position.OfferedPair.Value.ShouldBe(5);
        Position.OfferedFrozen.ShouldBe((5600 - 5500) * 5 * 5);
        Position.Long.LockableVolume.Value.ShouldBe(3);
        Found.ShouldBe(1);
        Hold(8, 5500, 5, 5600);
        Found.ShouldBe(1, "the same pair is told once");
        Hold(8, 5500, 7, 5600);
        Found.ShouldBe(2, "it grew");
    }

    [Fact]
    public void Adopted_BecomesALockWithTheProfitBetweenItsOpenPrices()
    {
        Engine.Locks.AdoptPair(_desk.Account, PtaDesk.Pta, null, EngineHarness.Wall).Problems.ShouldBeEmpty();
        var held = _desk.Harness.Snapshot.Locks.ShouldHaveSingleItem();
        (held.Status, held.Volume.Value, held.TriggerId, held.IsAdopted, held.LockedSide).ShouldBe((LockStatus.Active, 5m, null, true, Side.Long));
        (held.ProtectedPrice, held.LockPrice, held.FrozenProfit).ShouldBe((new Price(5500), new Price(5600), 2500m));
        Position.OfferedPair.IsZero.ShouldBeTrue();
        Position.Short.LockedVolume.Value.ShouldBe(5);
    }

    [Fact]
    public void Adopted_WithAnUnknownOpenPrice_HasNoFrozenProfit()
    {
        _desk.Harness.Engine.ApplySnapshot(Snapshot(8, null, 5, null, complete: true), EngineHarness.Wall);
        var fresh = new EngineHarness();
        var account = fresh.Account();
        fresh.Tick(PtaDesk.Pta, new DateTimeOffset(2026, 11, 20, 1, 30, 0, TimeSpan.Zero), 5500, 5498, 5502);
        fresh.Engine.ApplySnapshot(Snapshot(8, null, 5, 5600) with { AccountId = account }, EngineHarness.Wall).Problems.ShouldBeEmpty();
        var adopted = fresh.Engine.Locks.AdoptPair(account, PtaDesk.Pta, new Volume(2), EngineHarness.Wall).Value;
        (adopted.Volume.Value, adopted.FrozenProfit).ShouldBe((2m, null));
        new[] { adopted.ProtectedPrice, adopted.LockPrice }.ShouldContain((Price?)null);
        fresh.Snapshot.Accounts[0].Positions[0].OfferedPair.Value.ShouldBe(3);
    }

    [Fact]
    public void Declined_IsTwoLegsOnTheirOwn_AlsoAfterARestart()
    {
        Engine.Locks.DeclinePair(_desk.Account, PtaDesk.Pta, EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        Check();
        _desk.Harness.Restart(DurableState.After(_desk.Harness.Journal.Batches, _desk.Harness.Journal.Last), EngineHarness.Wall);
        _desk.Tick(5500);
        Check();
        Found.ShouldBe(1);

        Hold(8, 5500, 6, 5600);
        Position.OfferedPair.Value.ShouldBe(1, "only what is new is asked about");
        Hold(8, 5500, 2, 5600);
        Hold(8, 5500, 5, 5600);
        Position.OfferedPair.Value.ShouldBe(3, "what was gone comes back as a question");

        void Check()
        {
            Position.OfferedPair.IsZero.ShouldBeTrue();
            Position.Long.LockableVolume.Value.ShouldBe(8, "the short leg covers nothing of it");
            _desk.Harness.Snapshot.Locks.ShouldBeEmpty();
        }
    }

    [Fact]
    public void OpenedByHand_IsOffered()
    {
        Hold(8, 5500, 0, 0);
        _desk.Tick(5500);
        Engine.PlaceOrder(new(_desk.Account, PtaDesk.Pta, OrderPurpose.Open, Side.Short, new(2), OrderType.Market, null), EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        Position.OfferedPair.Value.ShouldBe(2);
    }

    [Fact]
    public void WithoutAPair_IsRefused()
    {
        Hold(8, 5500, 0, 0);
        Engine.Locks.AdoptPair(_desk.Account, PtaDesk.Pta, null, EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("no_pair");
        Engine.Locks.DeclinePair(_desk.Account, PtaDesk.Pta, EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("no_pair");
    }

    private void Hold(decimal longVolume, decimal longPrice, decimal shortVolume, decimal shortPrice)
    {
        Engine.ApplySnapshot(Snapshot(longVolume, longPrice, shortVolume, shortVolume > 0 ? shortPrice : null), EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
    }

    private PositionSnapshot Snapshot(decimal longs, decimal? longPrice, decimal shorts, decimal? shortPrice, bool complete = false) => new()
    {
        AccountId = _desk.Account,
        Complete = complete,
        Positions =
        [
            new()
            {
                Symbol = PtaDesk.Pta, LongVolume = new(longs), LongToday = new(longs), LongAveragePrice = longPrice is { } a ? new Price(a) : null,
                ShortVolume = new(shorts), ShortToday = new(shorts), ShortAveragePrice = shortPrice is { } b ? new Price(b) : null,
            },
        ],
    };
}
