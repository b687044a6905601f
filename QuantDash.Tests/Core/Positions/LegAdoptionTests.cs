using QuantDash.Core.Instruments;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Positions;

/// <summary>Position snapshots brought into the books.</summary>
public sealed class LegAdoptionTests
{
    private readonly Contract _ta = Ta();
    private readonly TestBooks _books;

    public LegAdoptionTests() => _books = new(100_000m, _ta);

    private LegBook Long => _books.Ledger.Leg(_ta.Symbol, Side.Long);

    [Fact]
    public void EmptyBooks_TakeTheLegAsTold()
    {
        var changes = Adopt(10, today: 4, average: 5400);
        changes.ChangedLots.Count.ShouldBe(2);
        (Long.Volume, Long.TodayVolume, Long.AverageOpenPrice).ShouldBe((new Volume(10), new Volume(4), new Price(5400)));
        _books.Ledger.Balances.Deposits.ShouldBe(100_000m);
        _books.Mark(_ta, 5410);
        _books.Funds.Equity.ShouldBe(100_000m + (10 * 10 * 5));
    }

    [Fact]
    public void SameAgain_ChangesNothing()
    {
        Adopt(10, 4, 5400);
        Adopt(10, 4, 5400).IsEmpty.ShouldBeTrue();
        Adopt(10, null, null).IsEmpty.ShouldBeTrue();
        Adopt(10, 4, 5400.1m).IsEmpty.ShouldBeTrue("a venue prints a rounded average");
    }

    [Fact]
    public void MoreThanOurs_AddsALotThatMakesTheAverageRight()
    {
        _books.Open(_ta, Side.Long, 2, 5400);
        Adopt(3, 3, 5410);
        Long.Lots.Select(lot => lot.OpenPrice).ShouldBe([new Price(5400), new Price(5430)], ignoreOrder: true);
        Long.AverageOpenPrice.ShouldBe(new Price(5410));
    }

    [Fact]
    public void MoreThanOurs_WithoutAPrice_IsUnknownUntilOneIsTold()
    {
        _books.Open(_ta, Side.Long, 2, 5400);
        Adopt(3, 3, null);
        _books.Mark(_ta, 5410);
        Long.AverageOpenPrice.ShouldBeNull();
        _books.Funds.FloatingPnl.ShouldBeNull();
        _books.Funds.Equity.ShouldBeNull();

        Adopt(3, 3, 5410);
        Long.AverageOpenPrice.ShouldBe(new Price(5410));
        _books.Funds.FloatingPnl.ShouldBe(0m);
    }

    [Fact]
    public void LessThanOurs_RemovesTheOldestFreeLotsFirst()
    {
        _books.Open(_ta, Side.Long, 2, 5400);
        _books.Open(_ta, Side.Long, 2, 5420);
        _books.Ledger.BindLots(_ta.Symbol, Side.Long, new Volume(2));
        var fewer = Adopt(3, null, null);
        fewer.LockedTaken.ShouldBeEmpty();
        Long.Lots.Select(lot => (lot.OpenPrice!.Value.Value, lot.Volume.Value)).ShouldBe([(5400m, 2m), (5420m, 1m)]);

        Adopt(1, null, null).LockedTaken.Sum(binding => binding.Volume.Value).ShouldBe(1m, "a lock lost a lot");
        Adopt(0, null, null).RemovedLots.Count.ShouldBe(1);
        Long.Volume.ShouldBe(Volume.Zero);
        _books.Ledger.Symbols.ShouldBeEmpty();
    }

    [Fact]
    public void LessThanOursOfAnAge_TakesThatAge()
    {
        _books.Open(_ta, Side.Long, 2, 5400);
        _books.Settle((_ta, 5410));
        _books.Open(_ta, Side.Long, 2, 5420);
        Adopt(3, today: 1, average: null);
        (Long.TodayVolume, Long.YesterdayVolume).ShouldBe((new Volume(1), new Volume(2)));
    }

    [Fact]
    public void OtherAge_MovesLotsAndKeepsTheirPrice()
    {
        _books.Open(_ta, Side.Long, 3, 5400);
        var changes = Adopt(3, today: 1, average: null);
        changes.RemovedLots.ShouldBeEmpty();
        (Long.TodayVolume, Long.YesterdayVolume, Long.AverageOpenPrice).ShouldBe((new Volume(1), new Volume(2), new Price(5400)));
    }

    [Fact]
    public void OtherAverage_MovesOpenPrices()
    {
        _books.Open(_ta, Side.Long, 1, 5400);
        _books.Open(_ta, Side.Long, 1, 5410);
        Adopt(2, 2, 5415);
        Long.Lots.Select(lot => lot.OpenPrice!.Value.Value).ShouldBe([5410m, 5420m]);
        Long.HoldingPnl(new Price(5415)).ShouldBe(0m, "today's basis is the open price");
    }

    [Fact]
    public void TwoSnapshotsInOneInstant_MakeTwoLots()
    {
        Adopt(1, 1, 5400);
        Adopt(2, 2, 5400);
        Long.Lots.Select(lot => lot.Id).ShouldBeUnique();
        Long.Volume.ShouldBe(new Volume(2));
    }

    /// <summary>What an adopted older lot earned before yesterday's settlement belongs to static equity: both ways of counting agree.</summary>
    [Fact]
    public void OlderLots_WithAKnownSettlement_KeepBothAccountsEqual()
    {
        _books.Ledger.AdoptLeg(_ta, Side.Long, new Volume(4), Volume.Zero, new Price(5400), Day, Morning, previousSettlement: new Price(5450));
        _books.Mark(_ta, 5440);
        var funds = _books.Funds;
        funds.HoldingPnl.ShouldBe(-200m);
        funds.FloatingPnl.ShouldBe(800m);
        (funds.StaticEquity + funds.CashFlowToday + funds.HoldingPnl).ShouldBe(funds.Equity);

        Adopt(1, Volume.Zero.Value, null);
        funds = _books.Funds;
        (funds.StaticEquity + funds.CashFlowToday + funds.HoldingPnl).ShouldBe(funds.Equity);
    }

    private LotChanges Adopt(decimal volume, decimal? today, decimal? average) => _books.Ledger.AdoptLeg(
        _ta, Side.Long, new Volume(volume), today is { } t ? new Volume(t) : null, average is { } a ? new Price(a) : null, _books.Day, Morning);
}
