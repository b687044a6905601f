using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Positions;

public sealed class AccountLedgerTests
{
    [Fact]
    public void Overfill_IsThrownAndChangesNothing()
    {
        var ta = Ta();
        var books = new TestBooks(100_000m, ta);
        books.Open(ta, Side.Long, 3, 5400);
        var (balances, lots) = (books.Ledger.Balances, books.Ledger.Leg(ta.Symbol, Side.Long).Lots);

        var thrown = Should.Throw<LegOverfillException>(() => books.Close(ta, Side.Long, 4, 5500));

        thrown.Available.ShouldBe(new Volume(3));
        books.Ledger.Balances.ShouldBeSameAs(balances);
        books.Ledger.Leg(ta.Symbol, Side.Long).Lots.ShouldBeSameAs(lots);
    }

    [Fact]
    public void SameFill_GivesTheSameLotId()
    {
        var ta = Ta();
        var fill = new TestBooks(0m, ta).Fill(ta, OrderSide.Buy, Offset.Open, 1, 5400);
        var (one, two) = (new TestBooks(0m, ta).Ledger, new TestBooks(0m, ta).Ledger);
        one.Book(fill, ta, ta.Product.Terms[0]).OpenedLotId.ShouldBe(two.Book(fill, ta, ta.Product.Terms[0]).OpenedLotId);
    }

    [Fact]
    public void Close_TakesFreeLotsBeforeOlderLockedOnes()
    {
        var ta = Ta();
        var books = new TestBooks(100_000m, ta);
        books.Open(ta, Side.Long, 2, 5400);
        books.Open(ta, Side.Long, 2, 5420);
        var bound = books.Ledger.BindLots(ta.Symbol, Side.Long, new Volume(2));
        books.Ledger.CostOf(bound.Bindings).ShouldBe(2 * 5400m, "the oldest are bound first");

        books.Close(ta, Side.Long, 1, 5500).Accounting.RealisedPnl.ShouldBe(80m * 5);
        books.Ledger.Leg(ta.Symbol, Side.Long).FreeCost.ShouldBe(5420m);
        Should.Throw<LegOverfillException>(() => books.Close(ta, Side.Long, 2, 5500)).Available.ShouldBe(new Volume(1));

        var broken = books.Close(ta, Side.Long, 2, 5500, includeLocked: true);
        broken.LockedTaken.Single().Volume.ShouldBe(new Volume(1));
        books.Ledger.Leg(ta.Symbol, Side.Long).LockedVolume.ShouldBe(new Volume(1));
    }

    [Fact]
    public void BindLots_TakesNoMoreThanIsFree_OrOnlyTheNamedLot()
    {
        var ta = Ta();
        var books = new TestBooks(100_000m, ta);
        books.Open(ta, Side.Long, 2, 5400);
        var second = books.Open(ta, Side.Long, 2, 5420);

        var named = books.Ledger.BindLots(ta.Symbol, Side.Long, new Volume(1), second.OpenedLotId);
        named.Bindings.ShouldBe([new LotBinding(second.OpenedLotId!.Value, Side.Long, new Volume(1))]);
        var rest = books.Ledger.BindLots(ta.Symbol, Side.Long, new Volume(9));
        rest.Volume.ShouldBe(new Volume(3));

        books.Ledger.ReleaseLots([.. named.Bindings, .. rest.Bindings]).Count.ShouldBe(2);
        books.Ledger.Leg(ta.Symbol, Side.Long).FreeVolume.ShouldBe(new Volume(4));
        books.Ledger.ReleaseLots(rest.Bindings).ShouldBeEmpty("released already");
    }

    /// <summary>A lot opened in the night session belongs to the next trading day: it is of today until that day settles.</summary>
    [Fact]
    public void NightSession_BelongsToTheNextTradingDay()
    {
        var ag = Silver();
        var books = new TestBooks(1_000_000m, ag);
        books.Open(ag, Side.Long, 1, 4900);
        books.Settle((ag, 4910));
        books.Open(ag, Side.Long, 2, 4920);
        var leg = books.Ledger.Leg(ag.Symbol, Side.Long);
        (leg.TodayVolume, leg.YesterdayVolume).ShouldBe((new Volume(2), new Volume(1)));
        Should.Throw<LegOverfillException>(() => books.Close(ag, Side.Long, 2, 4930, Offset.CloseYesterday));

        books.Close(ag, Side.Long, 1, 4930, Offset.CloseYesterday).Accounting.ShouldBe(new() { Fee = 0.74m, RealisedPnl = 450m, ClosePnl = 300m });
        books.Close(ag, Side.Long, 1, 4930, Offset.CloseToday).Accounting.ShouldBe(new() { Fee = 0m, RealisedPnl = 150m, ClosePnl = 150m });
    }

    [Fact]
    public void Settlement_LeavesLotsOfTheNewDayAlone()
    {
        var ta = Ta();
        var books = new TestBooks(100_000m, ta);
        books.Open(ta, Side.Long, 1, 5400);
        var early = books.Fill(ta, OrderSide.Buy, Offset.Open, 1, 5410) with { TradingDay = Day.AddDays(1) };
        books.Ledger.Book(early, ta, ta.Product.Terms[0]);
        books.Settle((ta, 5420));
        books.Ledger.Leg(ta.Symbol, Side.Long).Lots.Select(lot => lot.MarkBasis).ShouldBe([new Price(5420), new Price(5410)]);
        books.Ledger.Leg(ta.Symbol, Side.Long).TodayVolume.ShouldBe(new Volume(1));
    }

    [Fact]
    public void NoMark_LeavesEquityUnknown_NotZero()
    {
        var ta = Ta();
        var books = new TestBooks(100_000m, ta);
        books.Open(ta, Side.Long, 1, 5400);
        var funds = books.Funds;
        (funds.FloatingPnl, funds.Equity, funds.Available, funds.RiskRatio).ShouldBe((null, null, null, null));
        funds.Margin.ShouldBe(5400m * 5 * 0.07m);
    }

    [Fact]
    public void Freeze_IsUsedUpByFillsAndGivenBack()
    {
        var ta = Ta();
        var books = new TestBooks(100_000m, ta);
        var order = QuantDash.Tests.Core.Orders.OrderSamples.Order(ta.Symbol, volume: 4, limit: 5400);
        books.Ledger.Freeze(order, ta, ta.Product.Terms[0]);
        books.Funds.FrozenMargin.ShouldBe(4 * 1890m);
        books.Funds.FrozenFees.ShouldBe(12m);

        books.Ledger.Book(books.Fill(ta, OrderSide.Buy, Offset.Open, 1, 5400) with { OrderId = order.Id }, ta, ta.Product.Terms[0]);
        books.Mark(ta, 5400);
        books.Funds.FrozenMargin.ShouldBe(3 * 1890m);
        books.Funds.Available.ShouldBe(100_000m - 3m - 1890m - (3 * 1890m) - 9m);
        books.Ledger.Release(order.Id);
        books.Funds.FrozenMargin.ShouldBe(0m);
    }

    [Fact]
    public void Mark_AllocatesNothing()
    {
        var ta = Ta();
        var books = new TestBooks(100_000m, ta);
        books.Open(ta, Side.Long, 1, 5400);
        books.Ledger.Mark(ta.Symbol, 2700);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) books.Ledger.Mark(ta.Symbol, 2700 + i);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void ForeignCurrency_IsRefused()
    {
        var usd = Ta() with { };
        usd = usd with { Product = usd.Product with { Currency = Currency.Usd } };
        var books = new TestBooks(100_000m, usd);
        Should.Throw<InvalidOperationException>(() => books.Open(usd, Side.Long, 1, 5400));
    }
}
