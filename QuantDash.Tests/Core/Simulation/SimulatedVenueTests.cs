using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Tests.Core.Positions;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Simulation;

public sealed class SimulatedVenueTests
{
    private static readonly Contract Pta = Ta();
    private readonly VenueBench _bench = new(new TestBooks(1_000_000m, Pta));

    [Fact]
    public void LimitOrder_TakesWhatIsDisplayedAtTheBetterPrice_AndRests()
    {
        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 7));
        var order = _bench.Place(Pta, OrderSide.Buy, Offset.Open, 10, 5410);

        order.State.ShouldBe(OrderState.PartiallyFilled);
        order.FilledVolume.ShouldBe(new Volume(7));
        order.AverageFillPrice.ShouldBe(new Price(5400));

        _bench.Tick(Pta, 5412, bid: (5410, 4), ask: (5412, 9));
        _bench.Current(order).FilledVolume.ShouldBe(new Volume(7), "the ask is above its limit");
        _bench.Tick(Pta, 5406, bid: (5404, 4), ask: (5406, 9));
        _bench.Current(order).State.ShouldBe(OrderState.Filled);
        _bench.Current(order).AverageFillPrice.ShouldBe(new Price(((7 * 5400m) + (3 * 5406m)) / 10));
        _bench.Reports.Select(r => r.Status).ShouldBe([ReportStatus.Accepted, ReportStatus.PartiallyFilled, ReportStatus.Filled]);
    }

    [Fact]
    public void DisplayedVolume_IsGivenOnce()
    {
        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 7));
        _bench.Place(Pta, OrderSide.Buy, Offset.Open, 5, 5400).State.ShouldBe(OrderState.Filled);
        _bench.Place(Pta, OrderSide.Buy, Offset.Open, 5, 5400).FilledVolume.ShouldBe(new Volume(2));
        var third = _bench.Place(Pta, OrderSide.Buy, Offset.Open, 5, 5400);
        third.State.ShouldBe(OrderState.Accepted);

        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 7));
        _bench.Current(third).FilledVolume.ShouldBe(new Volume(4), "the order before it took three of the seven");
    }

    [Fact]
    public void MarketOrder_FillsAtTheBestPriceOfTheFollowingTicks()
    {
        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 7));
        var order = _bench.Place(Pta, OrderSide.Sell, Offset.Open, 10, limit: null);
        order.FilledVolume.ShouldBe(new Volume(4));
        _bench.Tick(Pta, 5300, bid: (5300, 100), ask: (5302, 1));
        _bench.Current(order).State.ShouldBe(OrderState.Filled);
        _bench.Current(order).AverageFillPrice.ShouldBe(new Price(((4 * 5398m) + (6 * 5300m)) / 10));
    }

    [Fact]
    public void Side_WithAPriceAndNoVolume_GivesAny()
    {
        _bench.Tick(Pta, 5400, bid: (5398, 0), ask: (5400, 0));
        _bench.Place(Pta, OrderSide.Buy, Offset.Open, 100, 5400).State.ShouldBe(OrderState.Filled);
    }

    [Fact]
    public void FeedOfLastPrices_TradesAtTheLastPrice()
    {
        _bench.Tick(Pta, 5400);
        _bench.Place(Pta, OrderSide.Sell, Offset.Open, 8, 5390).AverageFillPrice.ShouldBe(new Price(5400));
    }

    [Fact]
    public void LockedLimitMarket_GivesNothingOnTheEmptySide()
    {
        _bench.Tick(Pta, 5800, bid: (5800, 900), ask: null, upper: 5800, lower: 5000);
        _bench.Place(Pta, OrderSide.Buy, Offset.Open, 1, 5800).State.ShouldBe(OrderState.Accepted);
    }

    [Fact]
    public void Auction_TakesLimitOrdersAndMatchesThemLater()
    {
        _bench.Phase = SessionPhase.Auction;
        _bench.Tick(Pta, 5400, bid: (5400, 5), ask: (5400, 5));
        var order = _bench.Place(Pta, OrderSide.Buy, Offset.Open, 1, 5400);
        order.State.ShouldBe(OrderState.Accepted);
        _bench.Place(Pta, OrderSide.Buy, Offset.Open, 1, null).Reason.ShouldBe(VenueWords.NoMarketOrderInAuction);
        _bench.Phase = SessionPhase.Continuous;
        _bench.Tick(Pta, 5400, bid: (5398, 5), ask: (5400, 5));
        _bench.Current(order).State.ShouldBe(OrderState.Filled);
    }

    [Fact]
    public void Cancel_ThenCancelAgain_SaysSoAndChangesNothing()
    {
        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 1));
        var order = _bench.Place(Pta, OrderSide.Buy, Offset.Open, 2, 5400);
        _bench.Venue.Cancel(order);
        _bench.Venue.Cancel(order);

        _bench.Reports[^1].Reason.ShouldBe(VenueWords.NothingToCancel);
        _bench.Current(order).State.ShouldBe(OrderState.Cancelled);
        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 1));
        _bench.Current(order).FilledVolume.ShouldBe(new Volume(1));
    }

    [Fact]
    public void SameIdTwice_IsPlacedOnce()
    {
        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 100));
        var order = _bench.Place(Pta, OrderSide.Buy, Offset.Open, 2, 5400);
        _bench.Venue.Place(order);

        _bench.Reports[^1].Reason.ShouldBe(VenueWords.Duplicate);
        _bench.Current(order).State.ShouldBe(OrderState.Filled);
        _bench.Books.Ledger.Leg(Pta.Symbol, Side.Long).Volume.ShouldBe(new Volume(2));
    }

    [Fact]
    public void NextTradingDay_CancelsWhatRests()
    {
        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 1));
        var order = _bench.Place(Pta, OrderSide.Buy, Offset.Open, 2, 5400);
        _bench.Books.Settle((Pta, 5400));
        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 1));
        _bench.Current(order).State.ShouldBe(OrderState.Cancelled);
        _bench.Current(order).Reason.ShouldBe(VenueWords.DayOrderExpired);
        _bench.Current(order).FilledVolume.ShouldBe(new Volume(1));
    }

    /// <summary>After a restart the venue knows what it had accepted; what was never sent provably does not exist.</summary>
    [Fact]
    public void Query_AfterARestart_KnowsWorkingOrdersAndDeniesTheRest()
    {
        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 1));
        var order = _bench.Place(Pta, OrderSide.Buy, Offset.Open, 2, 5400);
        _bench.Venue = _bench.Restarted();
        _bench.Venue.Query(order);
        _bench.Venue.Query(order);
        _bench.Reports[^1].Status.ShouldBe(ReportStatus.PartiallyFilled);

        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 5));
        _bench.Current(order).State.ShouldBe(OrderState.Filled);
        _bench.Reports.Where(r => r.Fill is not null).Select(r => r.Fill!.TradeId).ShouldBeUnique();

        _bench.Venue.Query(order with { Id = new ClientOrderId("never-sent"), State = OrderState.Intended });
        _bench.Reports[^1].Status.ShouldBe(ReportStatus.Absent);
    }

    [Fact]
    public void Query_OfAnOrderWeLostTrackOf_TellsEveryFillAgain()
    {
        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 1));
        var order = _bench.Place(Pta, OrderSide.Buy, Offset.Open, 2, 5400);
        _bench.Reports.Clear();
        _bench.Venue.Query(order with { State = OrderState.Unknown });
        _bench.Reports.Select(r => r.Status).ShouldBe([ReportStatus.Accepted, ReportStatus.PartiallyFilled]);
        _bench.Current(order).FilledVolume.ShouldBe(new Volume(1), "told again, counted once");
    }
}
