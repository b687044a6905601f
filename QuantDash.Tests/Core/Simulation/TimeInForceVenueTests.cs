using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Tests.Core.Orders;
using QuantDash.Tests.Core.Positions;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Simulation;

/// <summary>Orders that never wait: filled with what is there, or cancelled, within the step in which they come in.</summary>
public sealed class TimeInForceVenueTests
{
    private static readonly Contract Ag = Silver();
    private static readonly Contract Pta = Ta();
    private readonly VenueBench _bench = new(new TestBooks(1_000_000m, Ag, Pta));
    private int _children = 100;

    [Theory]
    [InlineData(TimeInForce.Fak, 10, 5001, 4, 4, OrderState.Cancelled)]
    [InlineData(TimeInForce.Fak, 4, 5000, 4, 4, OrderState.Filled)]
    [InlineData(TimeInForce.Fak, 10, 4999, 4, 0, OrderState.Cancelled)]
    [InlineData(TimeInForce.Fak, 10, 5000, 0, 10, OrderState.Filled)]
    [InlineData(TimeInForce.Fok, 10, 5001, 4, 0, OrderState.Cancelled)]
    [InlineData(TimeInForce.Fok, 5, 5000, 4, 0, OrderState.Cancelled)]
    [InlineData(TimeInForce.Fok, 4, 5000, 4, 4, OrderState.Filled)]
    [InlineData(TimeInForce.Fok, 4, 4999, 4, 0, OrderState.Cancelled)]
    [InlineData(TimeInForce.Fok, 10, 5000, 0, 10, OrderState.Filled)]
    [InlineData(TimeInForce.Day, 10, 5000, 4, 4, OrderState.PartiallyFilled)]
    public void Order_AgainstTheDepthThatIsShown_EndsAtOnce(TimeInForce time, int volume, int limit, int shown, int filled, OrderState state)
    {
        _bench.Tick(Ag, 4999, bid: (4998, 4), ask: (5000, shown));
        var order = Place(Ag, time, volume, limit);

        (order.FilledVolume.Value, order.State).ShouldBe((filled, state));
        order.Reason.ShouldBe(state == OrderState.Cancelled ? TimesInForce.EndOf(time) : null);
        if (filled > 0) order.AverageFillPrice.ShouldBe(new Price(5000));
        if (time == TimeInForce.Day) return;

        _bench.Tick(Ag, 4990, bid: (4989, 900), ask: (4990, 900));
        (_bench.Current(order).FilledVolume.Value, _bench.Current(order).State).ShouldBe((filled, state), "it is over");
        _bench.Venue.OpenOrders.ShouldBeEmpty();
    }

    [Fact]
    public void Fok_ThatIsNotFilled_LeavesTheDepthToOthers()
    {
        _bench.Tick(Ag, 4999, bid: (4998, 4), ask: (5000, 4));
        Place(Ag, TimeInForce.Fok, 5, 5000).FilledVolume.ShouldBe(Volume.Zero);
        Place(Ag, TimeInForce.Fak, 3, 5000).FilledVolume.ShouldBe(new Volume(3));
        Place(Ag, TimeInForce.Fok, 2, 5000).FilledVolume.ShouldBe(Volume.Zero, "three of the four are gone");
        Place(Ag, TimeInForce.Fok, 1, 5000).State.ShouldBe(OrderState.Filled);
    }

    [Theory]
    [InlineData(TimeInForce.Fak)]
    [InlineData(TimeInForce.Fok)]
    public void Order_WhereNothingIsShown_IsCancelled(TimeInForce time)
    {
        Place(Ag, time, 1, 5000).Reason.ShouldBe(TimesInForce.EndOf(time), "before the first tick");
        _bench.Tick(Ag, 5000, bid: (5000, 900), ask: null, upper: 5000, lower: 4000);
        Place(Ag, time, 1, 5000).State.ShouldBe(OrderState.Cancelled);
        Place(Ag, time, 1, 5000).FilledVolume.ShouldBe(Volume.Zero);
    }

    [Fact]
    public void Exchange_RefusesWhatItDoesNotHave()
    {
        _bench.Tick(Pta, 5400, bid: (5398, 4), ask: (5400, 7));
        Place(Pta, TimeInForce.Fok, 1, 5400).Reason.ShouldBe(VenueWords.PriceTypeUnsupported);
        Place(Pta, TimeInForce.Fak, 1, 5400).State.ShouldBe(OrderState.Filled);
        _bench.Phase = SessionPhase.Auction;
        Place(Pta, TimeInForce.Fak, 1, 5400).Reason.ShouldBe(VenueWords.NoImmediateOrderInAuction);
    }

    /// <summary>One that a restart left behind never goes on.</summary>
    [Fact]
    public void Query_AfterARestart_EndsItWhereItStood()
    {
        _bench.Tick(Ag, 4999, bid: (4998, 4), ask: (5000, 4));
        var left = Place(Ag, TimeInForce.Fak, 10, 5000) with { State = OrderState.PartiallyFilled };
        _bench.Venue = _bench.Restarted();
        _bench.Reports.Clear();
        _bench.Venue.Query(left);
        (_bench.Reports[^1].Status, _bench.Reports[^1].Reason).ShouldBe((ReportStatus.Cancelled, TimesInForce.FakEnded));

        _bench.Venue = _bench.Restarted();
        _bench.Venue.Restore([left]);
        _bench.Reports.Clear();
        _bench.Tick(Ag, 4999, bid: (4998, 4), ask: (5000, 4));
        _bench.Reports.ShouldHaveSingleItem().Status.ShouldBe(ReportStatus.Cancelled);
    }

    private Order Place(Contract contract, TimeInForce time, decimal volume, decimal limit) => _bench.Place(
        OrderSamples.Order(contract.Symbol, OrderSide.Buy, Offset.Open, volume, limit, child: ++_children) with { UpdatedAt = _bench.Now, TradingDay = _bench.Books.Day, TimeInForce = time });
}
