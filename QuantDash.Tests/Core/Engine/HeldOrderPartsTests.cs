using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A held exit that SHFE takes as two orders, of which one never got there and comes back while another order is in its way. A bridge account long two older and
/// three of today's rb2701, the stop at 3090.</summary>
public sealed class HeldOrderPartsTests
{
    private static readonly Symbol Rebar = Symbol.Create("SHFE", "rb2701");
    private readonly BridgeScene _scene = new();
    private readonly Order _older;
    private readonly Order _today;
    private double _volume;

    public HeldOrderPartsTests()
    {
        _scene.Harness.Engine.ApplySnapshot(
            new()
            {
                AccountId = _scene.Account, Timestamp = _scene.Now, Epoch = _scene.Program.Epoch, Complete = true,
                Positions = [new() { Symbol = Rebar, LongVolume = new(5), LongToday = new(3), LongAveragePrice = new Price(3100) }],
            },
            _scene.Now).Problems.ShouldBeEmpty();
        Tick(3100);
        _scene.Harness.Engine.Held.Place(new(new(_scene.Account, Rebar, OrderPurpose.Close, Side.Long, new(5), OrderType.Market, null), HeldKind.Stop, new(3090)), _scene.Now).Problems.ShouldBeEmpty();
        Tick(3088);
        var parts = _scene.Orders.OrderBy(order => order.Volume).ToList();
        parts.Select(order => order.Volume.Value).ShouldBe([2, 3]);
        (_older, _today) = (parts[0], parts[1]);
    }

    private HeldOrder Held => _scene.Harness.Snapshot.HeldOrders.ShouldHaveSingleItem().Held;

    [Fact]
    public void SecondPartComesBack_WhileTheFirstIsHeldBack_TheWholeGoesOutOnce()
    {
        AskInVain();
        NeverThere(_older);
        (Held.State, Held.Order.Volume.Value).ShouldBe((HeldState.Waiting, 2));
        var profit = RestProfit();
        Tick(3087);
        (Held.State, _scene.Told.Last(key => key.StartsWith("held.", StringComparison.Ordinal))).ShouldBe((HeldState.Waiting, "held.in_the_way"));

        NeverThere(_today);
        (Held.State, Held.Order.Volume.Value).ShouldBe((HeldState.Waiting, 5));
        _scene.Program.Tell(_scene.Now, _scene.Counter.StateOf(profit, cancel: true, _scene.Now));
        Tick(3086);
        _scene.Program.Poll(_scene.Now);

        Held.State.ShouldBe(HeldState.Triggered);
        var parts = _scene.Counter.Standing;
        parts.Select(order => order.Volume).Order().ShouldBe([2, 3]);
        parts.Select(order => order.Id).ShouldNotContain(id => id == profit || id == _older.Id || id == _today.Id);
    }

    [Fact]
    public void FirstPartIsHeldBack_ItsOtherPartGoesOnWorking()
    {
        var taken = _scene.Take(_scene.Now, another: false).Value.Items;
        taken.Select(command => command.Order.Id).ShouldBe([_older.Id, _today.Id], ignoreOrder: true);
        _scene.Program.Tell(_scene.Now, Expired(_older), _scene.Counter.Place(_today, _scene.Now));
        Held.Order.Volume.Value.ShouldBe(2);
        var profit = RestProfit();

        Tick(3087);

        var orders = _scene.Orders.ToDictionary(order => order.Id, order => order.State);
        (orders[_today.Id], orders[profit]).ShouldBe((OrderState.Accepted, OrderState.Cancelling));
    }

    private ClientOrderId RestProfit()
    {
        var placed = _scene.Harness.Engine.PlaceOrder(new(_scene.Account, Rebar, OrderPurpose.Close, Side.Long, new(2), OrderType.Limit, new Price(3150)), _scene.Now);
        placed.Problems.ShouldBeEmpty();
        _scene.Harness.Commit();
        var command = _scene.Take(_scene.Now, another: false).Value.Items.Single(one => one.Order.Id == placed.Value.Id);
        _scene.Program.Tell(_scene.Now, _scene.Counter.Place(command.Order, _scene.Now));
        return placed.Value.Id;
    }

    /// <summary>Both are handed out, and for as long as we are patient nothing is heard of either.</summary>
    private void AskInVain()
    {
        for (var second = 0; second < 45; second++)
        {
            _scene.Program.Poll(_scene.Now, loseTheAnswer: true);
            _scene.Wait(1);
        }

        _scene.Orders.ShouldAllBe(order => order.State == OrderState.Unknown);
    }

    private void NeverThere(Order order) => _scene.Program.Tell(_scene.Now, Expired(order)).Problems.ShouldBeEmpty();

    private BridgeReport Expired(Order order) => new() { OrderId = order.Id, Status = BridgeStatus.Rejected, Reason = BridgeReport.Expired, Timestamp = _scene.Now };

    private void Tick(double price)
    {
        _scene.Harness.Tick(Rebar, new RawTick
        {
            Timestamp = _scene.Now, LastPrice = price, Volume = ++_volume, BidPrice = price - 1, BidVolume = 50, AskPrice = price, AskVolume = 50,
        }).ShouldBe(TickReject.None);
    }
}
