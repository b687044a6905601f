using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Tests.Core.Positions;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Simulation;

public sealed class VenueRefusalTests
{
    private static readonly Contract Pta = Ta();
    private static readonly Contract Ag = Silver();

    [Theory]
    [InlineData(1.5, "5400", VenueWords.VolumeOffStep)]
    [InlineData(0, "5400", VenueWords.VolumeOffStep)]
    [InlineData(501, "5400", VenueWords.VolumeTooLarge)]
    [InlineData(201, null, VenueWords.VolumeTooLarge)]
    [InlineData(1, "5401", VenueWords.PriceOffTick)]
    [InlineData(1, "-2", VenueWords.PriceOffTick)]
    [InlineData(1, "5802", VenueWords.PriceOutsideLimits)]
    [InlineData(1, "4998", VenueWords.PriceOutsideLimits)]
    [InlineData(1, "5800", null)]
    public void Order_ThatIsNone_IsRefused(double volume, string? limit, string? refusal)
    {
        var bench = new VenueBench(new TestBooks(10_000_000m, Pta));
        bench.Tick(Pta, 5400, (5398, 1000), (5400, 1000), upper: 5800, lower: 5000);
        var price = limit is null ? (decimal?)null : decimal.Parse(limit, System.Globalization.CultureInfo.InvariantCulture);
        bench.Place(Pta, OrderSide.Buy, Offset.Open, (decimal)volume, price).Reason.ShouldBe(refusal);
    }

    [Fact]
    public void ClosedSession_IsRefused()
    {
        var bench = new VenueBench(new TestBooks(1_000_000m, Pta), SessionPhase.Closed);
        var order = bench.Place(Pta, OrderSide.Buy, Offset.Open, 1, 5400);
        order.State.ShouldBe(OrderState.Rejected);
        order.Reason.ShouldBe(VenueWords.NotTrading);
    }

    [Fact]
    public void MarketOrder_WhereTheExchangeHasNone_IsRefused()
    {
        var ag = Ag with { Product = Ag.Product with { Terms = [Ag.Product.Terms[0] with { LargestMarketOrder = 0 }] } };
        var bench = new VenueBench(new TestBooks(1_000_000m, ag));
        bench.Tick(ag, 4900);
        bench.Place(ag, OrderSide.Buy, Offset.Open, 1, null).Reason.ShouldBe(VenueWords.PriceTypeUnsupported);
    }

    /// <summary>The whole leg's margin is frozen first although the relief would make the lock nearly free.</summary>
    [Fact]
    public void Lock_WithoutTheFullLegsMargin_IsRefused()
    {
        var rb = Rebar();
        var books = new TestBooks(5_240m, rb);
        var bench = new VenueBench(books);
        bench.Tick(rb, 3700, (3700, 10), (3700, 10));
        bench.Place(rb, OrderSide.Buy, Offset.Open, 1, 3700).State.ShouldBe(OrderState.Filled);
        bench.Tick(rb, 3700, (3700, 10), (3701, 10));
        bench.Place(rb, OrderSide.Sell, Offset.Open, 1, 3790).Reason.ShouldBe(VenueWords.NotEnoughFunds);

        books.Ledger.Deposit(books.Flow(100m));
        bench.Place(rb, OrderSide.Sell, Offset.Open, 1, 3700).State.ShouldBe(OrderState.Filled);
        books.Funds.Margin.ShouldBe(2590m);
    }

    [Fact]
    public void Funds_FrozenForTheOrderItself_AreNotCountedAgainstIt()
    {
        var rb = Rebar();
        var bench = new VenueBench(new TestBooks(2_600m, rb));
        bench.Tick(rb, 3700, (3699, 10), (3700, 10));
        var order = QuantDash.Tests.Core.Orders.OrderSamples.Order(rb.Symbol, OrderSide.Buy, Offset.Open, 1, 3700);
        bench.Books.Ledger.Freeze(order, rb, rb.Product.Terms[0]);
        bench.Books.Funds.Available.ShouldBe(2600m - 2590m - 3.7m);
        bench.Place(order).State.ShouldBe(OrderState.Filled);
        bench.Books.Funds.FrozenMargin.ShouldBe(0m, "the fill used it up");
    }

    [Theory]
    [InlineData(Offset.CloseToday, 3, VenueWords.NotEnoughToday)]
    [InlineData(Offset.CloseYesterday, 3, VenueWords.NotEnoughYesterday)]
    [InlineData(Offset.Close, 3, VenueWords.NotEnoughYesterday)]
    [InlineData(Offset.Close, 5, VenueWords.NotEnoughPosition)]
    [InlineData(Offset.CloseToday, 2, null)]
    [InlineData(Offset.Close, 2, null)]
    public void Close_WhereAgesAreTold_IsHeldAgainstTheAgeItNames(Offset offset, decimal volume, string? refusal)
    {
        var bench = new VenueBench(new TestBooks(1_000_000m, Ag));
        bench.Books.Open(Ag, Side.Long, 2, 4900);
        bench.Books.Settle((Ag, 4900));
        bench.Books.Open(Ag, Side.Long, 2, 4910);
        bench.Tick(Ag, 4900, (4899, 1), (4901, 1));
        bench.Place(Ag, OrderSide.Sell, offset, volume, 5000).Reason.ShouldBe(refusal);
    }

    [Fact]
    public void Close_OfWhatAnotherOrderIsClosing_IsRefused()
    {
        var bench = new VenueBench(new TestBooks(1_000_000m, Pta));
        bench.Books.Open(Pta, Side.Long, 3, 5400);
        bench.Tick(Pta, 5400, (5398, 1), (5400, 1));
        bench.Place(Pta, OrderSide.Sell, Offset.Close, 2, 5500).State.ShouldBe(OrderState.Accepted);
        bench.Place(Pta, OrderSide.Sell, Offset.Close, 2, 5500).Reason.ShouldBe(VenueWords.NotEnoughPosition);
        bench.Place(Pta, OrderSide.Sell, Offset.Close, 1, 5500).State.ShouldBe(OrderState.Accepted);
    }

    [Theory]
    [InlineData("5498", VenueWords.SelfTrade)]
    [InlineData("5500", VenueWords.SelfTrade)]
    [InlineData("5502", null)]
    [InlineData(null, VenueWords.SelfTrade)]
    public void Order_ThatWouldMeetOurOwn_IsRefused(string? limit, string? refusal)
    {
        var bench = new VenueBench(new TestBooks(1_000_000m, Pta));
        bench.Tick(Pta, 5600, (5598, 0), (5600, 0));
        bench.Place(Pta, OrderSide.Buy, Offset.Open, 1, 5500).State.ShouldBe(OrderState.Accepted);
        var price = limit is null ? (decimal?)null : decimal.Parse(limit, System.Globalization.CultureInfo.InvariantCulture);
        bench.Place(Pta, OrderSide.Sell, Offset.Open, 1, price).Reason.ShouldBe(refusal);
    }
}
