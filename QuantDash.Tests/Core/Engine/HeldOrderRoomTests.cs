using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A held exit whose leg gives less than it asks for, or whose exchange takes no market orders, still gets out. PTA at 5500, eight lots long.</summary>
public sealed class HeldOrderRoomTests
{
    private readonly PtaDesk _desk = new(longVolume: 8);

    private IReadOnlyList<string> Told => [.. _desk.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Select(change => change.Event.Key).Where(key => key.StartsWith("held.", StringComparison.Ordinal))];

    private decimal Long => _desk.Harness.Snapshot.Accounts[0].Positions.Sum(position => position.Long.Volume.Value);

    [Fact]
    public void LegThatShrank_IsClosedAsFarAsItGoes_AndSaidSo()
    {
        var held = Stop(8);
        Place(OrderPurpose.Close, 3, null);
        _desk.Tick(5500);
        _desk.Tick(5478);
        _desk.Tick(5478);

        OrdersOf(held).ShouldHaveSingleItem().Volume.ShouldBe(new(5));
        Told.ShouldBe(["held.reduced", "held.triggered"]);
        Long.ShouldBe(0);
    }

    [Fact]
    public void LegThatIsGone_EndsItAsFailed()
    {
        var held = Stop(8);
        Place(OrderPurpose.Close, 8, null);
        _desk.Tick(5500);
        _desk.Tick(5478);

        StateOf(held).ShouldBe(HeldState.Failed);
        OrdersOf(held).ShouldBeEmpty();
    }

    [Fact]
    public void OwnRestingClose_IsTakenBackFirst_AndTheExitGoesOutThoughThePriceReturned()
    {
        var profit = Place(OrderPurpose.Close, 8, 5600);
        var held = Stop(8);

        _desk.Tick(5478);
        (StateOf(held), _desk.Harness.Snapshot.Orders.Count(order => order.Id == profit)).ShouldBe((HeldState.Waiting, 0));
        _desk.Tick(5490);
        _desk.Tick(5490);

        Told.ShouldBe(["held.in_the_way", "held.triggered"]);
        Long.ShouldBe(0);
    }

    [Fact]
    public void OwnRestingClose_OfLotsThatAreNotNeeded_Stays()
    {
        var profit = Place(OrderPurpose.Close, 3, 5600);
        Stop(5);
        _desk.Tick(5478);
        _desk.Tick(5478);
        _desk.Harness.Snapshot.Orders.ShouldContain(order => order.Id == profit);
        Long.ShouldBe(3);
    }

    [Fact]
    public void TakenBackWhileItWaitsForOwnOrders_PlacesNothing()
    {
        Place(OrderPurpose.Close, 8, 5600);
        var held = Stop(8);
        _desk.Tick(5478);
        _desk.Harness.Engine.Held.Cancel(held, EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        _desk.Tick(5476);
        StateOf(held).ShouldBe(HeldState.Cancelled);
        OrdersOf(held).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, 3078)]
    [InlineData(2900d, 2900)]
    public void ExchangeWithoutMarketOrders_GetsALimitThatTradesAtOnce(double? lowerLimit, decimal limit)
    {
        var rebar = Symbol.Create("SHFE", "rb2701");
        Rebar(3100, 0);
        _desk.Harness.Hold(_desk.Account, rebar, longVolume: 5, longPrice: 3100);
        var held = Held(new(new(_desk.Account, rebar, OrderPurpose.Close, Side.Long, new(5), OrderType.Market, null), HeldKind.Stop, new(3090)));
        Rebar(3089, 1);

        OrdersOf(held).ShouldHaveSingleItem().ShouldSatisfyAllConditions(order => order.Type.ShouldBe(OrderType.Limit), order => order.LimitPrice.ShouldBe(new Price(limit)));

        void Rebar(double price, int second) => _desk.Harness.Tick(rebar, new()
        {
            Timestamp = new(2026, 11, 20, 1, 31, second, TimeSpan.Zero), LastPrice = price, BidPrice = price - 1, BidVolume = 50, AskPrice = price, AskVolume = 50, LowerLimit = lowerLimit, UpperLimit = lowerLimit is null ? null : 3300,
        }).ShouldBe(QuantDash.Core.Markets.TickReject.None);
    }

    private Guid Stop(decimal volume) => Held(new(new(_desk.Account, PtaDesk.Pta, OrderPurpose.Close, Side.Long, new(volume), OrderType.Market, null), HeldKind.Stop, new(5480)));

    private Guid Held(HeldRequest request)
    {
        var placed = _desk.Harness.Engine.Held.Place(request, EngineHarness.Wall);
        placed.Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        return placed.Value.Held.Id;
    }

    private ClientOrderId Place(OrderPurpose purpose, decimal volume, decimal? limit)
    {
        var placed = _desk.Harness.Engine.PlaceOrder(
            new(_desk.Account, PtaDesk.Pta, purpose, Side.Long, new(volume), limit is null ? OrderType.Market : OrderType.Limit, limit is { } price ? new Price(price) : null), EngineHarness.Wall);
        placed.Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        return placed.Value.Id;
    }

    private HeldState StateOf(Guid held) => _desk.Harness.Snapshot.HeldOrders.Single(view => view.Held.Id == held).Held.State;

    private List<Order> OrdersOf(Guid held) =>
        [.. _desk.Harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Where(change => change.Order.OriginId == held && change.Order.State == OrderState.Intended).Select(change => change.Order)];
}
