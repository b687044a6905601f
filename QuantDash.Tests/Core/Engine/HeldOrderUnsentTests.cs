using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A held order that saw its price and whose order did not get out: it is not lost, and not sent twice. A bridge account long 10 TA, the stop at 5480.</summary>
public sealed class HeldOrderUnsentTests
{
    private readonly BridgeScene _scene = new();

    private HeldOrder Held => _scene.Harness.Snapshot.HeldOrders.ShouldHaveSingleItem().Held;

    private IReadOnlyList<string> Told => [.. _scene.Told.Where(key => key.StartsWith("held.", StringComparison.Ordinal))];

    [Theory]
    [InlineData(5476, 1)]
    [InlineData(5490, 0)]
    public void LinkDownAtItsPrice_IsToldOnce_AndTheFirstTickAfterItDecides(double after, int orders)
    {
        HoldStop();
        _scene.Wait(61);
        _scene.Tick(5478);
        _scene.Wait(1);
        _scene.Tick(5474);
        (Held.State, _scene.Orders.Count).ShouldBe((HeldState.Waiting, 0));
        Told.ShouldBe(["held.link_down"]);

        _scene.Reconcile(10, 0);
        _scene.Wait(1);
        _scene.Tick(after);
        _scene.Program.Poll(_scene.Now);

        _scene.Counter.Placed.Count.ShouldBe(orders);
        Held.State.ShouldBe(orders > 0 ? HeldState.Triggered : HeldState.Waiting);
    }

    [Fact]
    public void OrderThatNobodyTook_WaitsAgain_AndGoesOutOnceUnderAnotherId()
    {
        HoldStop();
        _scene.Tick(5478);
        var first = _scene.Order.Id;
        _scene.Wait(31);
        (Held.State, Held.Order.Volume.Value).ShouldBe((HeldState.Waiting, 10m));
        Told.ShouldBe(["held.triggered", "held.unsent"]);

        _scene.Program.Poll(_scene.Now);
        _scene.Tick(5478);
        _scene.Program.Poll(_scene.Now);

        var placed = _scene.Counter.Placed.ShouldHaveSingleItem();
        (placed == first).ShouldBeFalse();
        (Held.State, Held.Tries, Held.OrderId).ShouldBe((HeldState.Triggered, 2, placed));
        _scene.Fill(10);
        _scene.Harness.Snapshot.Accounts[0].Positions.ShouldBeEmpty();
    }

    [Fact]
    public void OrderThatNobodyTook_AndAPriceThatReturned_TriggersNothing()
    {
        HoldStop();
        _scene.Tick(5478);
        _scene.Wait(31);
        _scene.Tick(5490);
        (Held.State, _scene.Orders.Count).ShouldBe((HeldState.Waiting, 1));
    }

    [Fact]
    public void OrderThatSomebodyTookBack_DoesNotComeBack()
    {
        HoldStop();
        _scene.Tick(5478);
        _scene.Harness.Engine.CancelOrder(_scene.Order.Id, _scene.Now).Problems.ShouldBeEmpty();
        _scene.Wait(31);
        _scene.Tick(5476);
        (Held.State, _scene.Orders.Count).ShouldBe((HeldState.Triggered, 1));
        Told.ShouldBe(["held.triggered"]);
    }

    [Fact]
    public void OrderTakenBackBeforeItsIntentWasDurable_DoesNotComeBack()
    {
        HoldStop();
        var at = _scene.Now;
        _scene.Harness.Engine.OnTick(_scene.Harness.Source, BridgeScene.Pta, new() { Timestamp = at, LastPrice = 5478, Volume = 9, BidPrice = 5476, BidVolume = 9, AskPrice = 5480, AskVolume = 9 }, at);
        _scene.Harness.Engine.CancelOrder(Held.OrderId!.Value, at).Problems.ShouldBeEmpty();
        _scene.Harness.Commit();
        _scene.Order.Reason.ShouldBe(OrderTransitions.ExpiredUnsent);
        Held.State.ShouldBe(HeldState.Triggered);
    }

    [Fact]
    public void OrderThatSomebodyTookBackInVain_AndThatWasNeverPlaced_DoesNotComeBack()
    {
        HoldStop();
        _scene.Tick(5478);
        _scene.Program.Poll(_scene.Now, loseTheAnswer: true);
        _scene.Harness.Engine.CancelOrder(_scene.Order.Id, _scene.Now).Problems.ShouldBeEmpty();
        for (var second = 0; second < 45; second++)
        {
            _scene.Wait(1);
            _scene.Program.Poll(_scene.Now, loseTheAnswer: true);
        }

        _scene.Order.State.ShouldBe(OrderState.Unknown);

        _scene.Wait(45);
        _scene.Program.Poll(_scene.Now);
        _scene.Tick(5476);

        _scene.Order.Reason.ShouldBe(OrderTransitions.ExpiredUnsent);
        Held.State.ShouldBe(HeldState.Triggered);
    }

    [Fact]
    public void AfterTenTries_ThePersonIsAsked()
    {
        HoldStop();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Held.State.ShouldBe(HeldState.Waiting, $"attempt {attempt}");
            _scene.Program.Poll(_scene.Now);
            _scene.Tick(5478);
            _scene.Wait(31);
        }

        (Held.State, Held.Tries, _scene.Orders.Select(order => order.Id).Distinct().Count()).ShouldBe((HeldState.Triggered, 10, 10));
        Told[^1].ShouldBe("held.refused");
        _scene.Counter.Placed.ShouldBeEmpty();
    }

    [Fact]
    public void KilledBeforeItWasSent_AsTwoOrders_TheWholeWaitsAgainAndIsClosedOnce()
    {
        // SHFE closes today's lots and older ones by two orders.
        var (desk, rebar) = (new PtaDesk(longVolume: 8), Symbol.Create("SHFE", "rb2701"));
        desk.Tick(5500);
        Rebar(3100);
        desk.Harness.Hold(desk.Account, rebar, longVolume: 5, longPrice: 3100, earlier: 2);
        var held = desk.Harness.Engine.Held.Place(new(new(desk.Account, rebar, OrderPurpose.Close, Side.Long, new(5), OrderType.Market, null), HeldKind.Stop, new(3090)), EngineHarness.Wall).Value.Held.Id;
        desk.Harness.Commit();
        desk.Harness.Engine.OnTick(desk.Harness.Source, rebar, Raw(3088), Next());

        desk.Kill();

        var waits = Find();
        (waits.State, waits.Order.Volume.Value, waits.Tries).ShouldBe((HeldState.Waiting, 5m, 1));
        Rebar(3086);
        Find().State.ShouldBe(HeldState.Triggered);
        Rebar(3085);
        var ids = desk.Harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Where(change => change.Order.OriginId == held).Select(change => change.Order.Id).Distinct().ToList();
        ids.Count.ShouldBe(4);
        desk.Harness.Snapshot.Accounts[0].Positions.ShouldNotContain(position => position.Contract.Symbol == rebar);

        HeldOrder Find() => desk.Harness.Snapshot.HeldOrders.Single(view => view.Held.Id == held).Held;

        void Rebar(double price) => desk.Harness.Tick(rebar, Raw(price)).ShouldBe(QuantDash.Core.Markets.TickReject.None);

        QuantDash.Core.Markets.RawTick Raw(double price) => new() { Timestamp = Next(), LastPrice = price, BidPrice = price - 1, BidVolume = 50, AskPrice = price, AskVolume = 50 };
    }

    private DateTimeOffset _rebarClock = new(2026, 11, 20, 1, 31, 0, TimeSpan.Zero);

    private DateTimeOffset Next() => _rebarClock = _rebarClock.AddSeconds(0.5);

    private void HoldStop()
    {
        _scene.Tick(5500);
        _scene.Harness.Engine.Held.Place(new(new(_scene.Account, BridgeScene.Pta, OrderPurpose.Close, Side.Long, new(10), OrderType.Market, null), HeldKind.Stop, new(5480)), _scene.Now).Problems.ShouldBeEmpty();
        _scene.Harness.Commit();
    }
}
