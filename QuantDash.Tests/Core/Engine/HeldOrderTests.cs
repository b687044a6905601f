using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Stop, stop-limit and conditional orders that we hold: when they trigger, that they do so once, and what they are refused for. PTA at 5500, tick 2, eight lots long.</summary>
public sealed class HeldOrderTests
{
    private readonly PtaDesk _desk = new(longVolume: 8);

    private IReadOnlyList<Order> Orders => [.. _desk.Harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Where(change => change.Order.State == OrderState.Intended).Select(change => change.Order)];

    private IReadOnlyList<string> Told => [.. _desk.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Select(change => change.Event.Key).Where(key => key.StartsWith("held.", StringComparison.Ordinal))];

    [Theory]
    [InlineData(Side.Long, 5480, 5482, 5480, "exactly at the level")]
    [InlineData(Side.Long, 5480, 5490, 5470, "a gap through it")]
    [InlineData(Side.Short, 5520, 5518, 5520, "a purchase, exactly at the level")]
    [InlineData(Side.Short, 5520, 5510, 5530, "a purchase, a gap through it")]
    public void Stop_TriggersWhereItsLevelIsReached_AndNotBefore(Side leg, decimal level, double before, double at, string because)
    {
        // Opening the other side trades in the direction of closing this leg: a short leg's stop buys.
        var held = Hold(Stop(leg == Side.Long ? OrderPurpose.Close : OrderPurpose.Open, Side.Long, level));

        _desk.Tick(before);
        StateOf(held).ShouldBe(HeldState.Waiting, because);
        Orders.ShouldBeEmpty();
        _desk.Tick(at);

        var ended = Find(held);
        (ended.State, ended.SeenPrice).ShouldBe((HeldState.Triggered, new Price((decimal)at)), because);
        Orders.ShouldHaveSingleItem().ShouldSatisfyAllConditions(order => order.Id.ShouldBe(ended.OrderId!.Value), order => order.Type.ShouldBe(OrderType.Market), order => order.OriginId.ShouldBe(held));
        Told.ShouldBe(["held.triggered"]);
    }

    [Fact]
    public void Stop_OnTheWrongSide_StaysAndIsTriggeredOnce()
    {
        var held = Hold(Stop(OrderPurpose.Close, Side.Long, 5480));
        foreach (var price in new[] { 5510d, 5530, 5490, 5482 }) _desk.Tick(price);
        StateOf(held).ShouldBe(HeldState.Waiting);

        foreach (var price in new[] { 5480d, 5478, 5490, 5476 }) _desk.Tick(price);

        Orders.Count.ShouldBe(1);
    }

    [Fact]
    public void StopLimit_TriggersWithItsLimit()
    {
        Hold(Request(OrderPurpose.Close, Side.Long, HeldKind.StopLimit, 5480, limit: 5470));
        _desk.Tick(5478);
        Orders.ShouldHaveSingleItem().ShouldSatisfyAllConditions(order => order.Type.ShouldBe(OrderType.Limit), order => order.LimitPrice.ShouldBe(new Price(5470)));
    }

    [Fact]
    public void BidAsk_LooksAtTheSideTheOrderTradesWith()
    {
        // Bid two below the last price, ask two above it.
        var sale = Hold(Stop(OrderPurpose.Close, Side.Long, 5480) with { PriceSource = PriceSource.BidAsk });
        var purchase = Hold(Stop(OrderPurpose.Open, Side.Long, 5520) with { PriceSource = PriceSource.BidAsk });
        _desk.Tick(5484);
        StateOf(sale).ShouldBe(HeldState.Waiting);
        _desk.Tick(5482);
        StateOf(sale).ShouldBe(HeldState.Triggered);
        _desk.Tick(5516);
        StateOf(purchase).ShouldBe(HeldState.Waiting);
        _desk.Tick(5518);
        StateOf(purchase).ShouldBe(HeldState.Triggered);
    }

    [Fact]
    public void Conditional_ThatIsReachedAlready_IsHeldAndTriggersWithTheNextTick()
    {
        var placed = _desk.Harness.Engine.Held.Place(Conditional(OrderPurpose.Open, Side.Short, HeldComparison.AtOrAbove, 5500), EngineHarness.Wall);
        placed.Value.TriggersAtOnce.ShouldBeTrue();
        _desk.Harness.Commit();
        Orders.ShouldBeEmpty();

        _desk.Tick(5500);

        Orders.ShouldHaveSingleItem().Side.ShouldBe(OrderSide.Sell);
    }

    [Fact]
    public void TwoOnOneTick_GoInOrderOfCreation_AndTheSecondFindsWhatTheFirstLeft()
    {
        var first = Hold(Conditional(OrderPurpose.Close, Side.Long, HeldComparison.AtOrBelow, 5480, 8, 5400));
        // Nearer to the price, and created later.
        var second = Hold(Conditional(OrderPurpose.Close, Side.Long, HeldComparison.AtOrBelow, 5490, 8, 5400));

        _desk.Tick(5470);
        (StateOf(first), StateOf(second)).ShouldBe((HeldState.Triggered, HeldState.Waiting), "the first one's order may yet be refused");
        _desk.Tick(5490);

        (StateOf(first), StateOf(second)).ShouldBe((HeldState.Triggered, HeldState.Failed));
        Find(second).Reason.ShouldBe("持仓不足");
        Orders.Count.ShouldBe(1);
        Told.ShouldBe(["held.triggered", "held.in_the_way", "held.failed"]);
    }

    [Fact]
    public void TickOfTheBreak_AndTickOfLongAgo_TriggerNothing()
    {
        var held = Hold(Stop(OrderPurpose.Close, Side.Long, 5480));
        _desk.Harness.Tick(PtaDesk.Pta, new(2026, 11, 20, 1, 20, 0, TimeSpan.Zero), 5470).ShouldNotBe(QuantDash.Core.Markets.TickReject.None);
        StateOf(held).ShouldBe(HeldState.Waiting);
        _desk.Wait(TimeSpan.FromMinutes(50));
        _desk.Harness.Tick(PtaDesk.Pta, new(2026, 11, 20, 2, 20, 0, TimeSpan.Zero), 5470);
        StateOf(held).ShouldBe(HeldState.Waiting);
        Orders.ShouldBeEmpty();

        _desk.Wait(TimeSpan.FromMinutes(15));
        _desk.Tick(5470);

        StateOf(held).ShouldBe(HeldState.Triggered);
    }

    [Fact]
    public void ThisDay_EndsWithTheTradingDay_AndASetTimeWithThatTime()
    {
        var day = Hold(Stop(OrderPurpose.Close, Side.Long, 5480) with { ThisDay = true });
        var until = Hold(Stop(OrderPurpose.Close, Side.Long, 5478) with { ValidUntil = new DateTimeOffset(2026, 11, 20, 1, 40, 0, TimeSpan.Zero) });
        var open = Hold(Stop(OrderPurpose.Close, Side.Long, 5460));
        _desk.Wait(TimeSpan.FromMinutes(11));
        _desk.Tick(5490);
        (StateOf(day), StateOf(until), StateOf(open)).ShouldBe((HeldState.Waiting, HeldState.Expired, HeldState.Waiting));

        // The night session belongs to the next trading day.
        _desk.Wait(TimeSpan.FromHours(12));
        _desk.Tick(5470);

        (StateOf(day), StateOf(open)).ShouldBe((HeldState.Expired, HeldState.Waiting));
        Orders.ShouldBeEmpty();
        Told.ShouldBe(["held.expired", "held.expired"]);
    }

    [Fact]
    public void Trigger_AndItsOrder_AreOneBatch()
    {
        Hold(Stop(OrderPurpose.Close, Side.Long, 5480));
        _desk.Tick(5480);

        var batch = _desk.Harness.Journal.Batches.Single(batch => batch.Changes.Any(change => change is JournalChange.HeldOrderSaved { Held.State: HeldState.Triggered }));
        batch.Changes.OfType<JournalChange.OrderSaved>().ShouldHaveSingleItem().Order.State.ShouldBe(OrderState.Intended);
    }

    [Fact]
    public void KilledBeforeTheTriggerWasDurable_ItWaitsAgainAndGivesTheSameOrder()
    {
        var held = Hold(Stop(OrderPurpose.Close, Side.Long, 5480));
        var durable = _desk.Harness.Journal.Told;
        _desk.TickUncommitted(5480);
        var lost = Orders.ShouldHaveSingleItem().Id;
        _desk.Harness.Journal.Batches.RemoveAll(batch => batch.Sequence > durable);

        _desk.Harness.Restart(DurableState.After(_desk.Harness.Journal.Batches, durable), EngineHarness.Wall);
        StateOf(held).ShouldBe(HeldState.Waiting);
        Orders.ShouldBeEmpty();
        _desk.Tick(5478);

        Orders.ShouldHaveSingleItem().Id.ShouldBe(lost);
    }

    [Fact]
    public void KilledAfterItsOrderWasSent_ItIsNotTriggeredAgain()
    {
        var held = Hold(Stop(OrderPurpose.Close, Side.Long, 5480));
        _desk.Tick(5480);

        _desk.Kill();
        foreach (var price in new[] { 5490d, 5480, 5470 }) _desk.Tick(price);

        StateOf(held).ShouldBe(HeldState.Triggered);
        Orders.Count.ShouldBe(1);
    }

    [Fact]
    public void LevelCrossedWhileDown_TheFirstTickDecides()
    {
        var (beyond, returned) = (Hold(Stop(OrderPurpose.Close, Side.Long, 5480)), Hold(Stop(OrderPurpose.Close, Side.Long, 5460)));
        _desk.Kill();
        _desk.Tick(5470);
        (StateOf(beyond), StateOf(returned)).ShouldBe((HeldState.Triggered, HeldState.Waiting));
    }

    [Fact]
    public void Cancelled_TriggersNoMore_AndCannotBeCancelledAgain()
    {
        var held = Hold(Stop(OrderPurpose.Close, Side.Long, 5480));
        _desk.Harness.Engine.Held.Cancel(held, EngineHarness.Wall).Value.State.ShouldBe(HeldState.Cancelled);
        _desk.Tick(5470);
        Orders.ShouldBeEmpty();
        _desk.Harness.Engine.Held.Cancel(held, EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("already_final");
        _desk.Harness.Engine.Held.Cancel(Guid.NewGuid(), EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("unknown_held_order");
    }

    [Fact]
    public void EmergencyStop_WithdrawsWhatOpens_AndFlattenWhatElseWaits()
    {
        var (opens, closes) = (Hold(Stop(OrderPurpose.Open, Side.Long, 5520)), Hold(Stop(OrderPurpose.Close, Side.Long, 5480)));
        Emergency(EmergencyThen.None);
        (StateOf(opens), StateOf(closes)).ShouldBe((HeldState.Cancelled, HeldState.Waiting));
        _desk.Harness.Engine.Held.Place(Stop(OrderPurpose.Open, Side.Long, 5520), EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("trading_halted");

        Emergency(EmergencyThen.Flatten);
        StateOf(closes).ShouldBe(HeldState.Cancelled);
        Told.ShouldBe(["held.withdrawn", "held.withdrawn"]);
    }

    [Fact]
    public void OrderThatTheVenueRefuses_IsToldAloud()
    {
        var rebar = Symbol.Create("SHFE", "rb2701");
        _desk.Harness.Tick(rebar, new(2026, 11, 20, 1, 31, 0, TimeSpan.Zero), 3100, 3099, 3100);
        _desk.Harness.Engine.Held.Place(new(new(_desk.Account, rebar, OrderPurpose.Open, Side.Long, new(501), OrderType.Market, null), HeldKind.Stop, new(3110)), EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("order_too_large");
        // Its own order stands in the book at a price that the stop would trade with.
        _desk.Harness.Engine.PlaceOrder(new(_desk.Account, rebar, OrderPurpose.Open, Side.Short, new(1), OrderType.Limit, new Price(3115)), EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        Hold(new(new(_desk.Account, rebar, OrderPurpose.Open, Side.Long, new(5), OrderType.Market, null), HeldKind.Stop, new(3110)));
        _desk.Harness.Tick(rebar, new(2026, 11, 20, 1, 31, 1, TimeSpan.Zero), 3110, 3109, 3110);
        Told.ShouldBe(["held.triggered", "held.refused"]);
    }

    public static TheoryData<string, Func<HeldRequest, HeldRequest>> Wrong => new()
    {
        { "level stop_not_below", request => request with { Level = new(5500) } },
        { "level stop_not_above", request => request with { Order = request.Order with { Purpose = OrderPurpose.Open }, Level = new(5500) } },
        { "level off_tick", request => request with { Level = new(5481) } },
        { "level off_tick", request => request with { Level = new(0) } },
        { "comparison not_allowed", request => request with { Comparison = HeldComparison.AtOrAbove } },
        { "action not_allowed", request => request with { Order = request.Order with { Purpose = OrderPurpose.Unlock } } },
        { "comparison required", request => request with { Kind = HeldKind.Conditional } },
        { "type not_allowed", request => request with { Kind = HeldKind.StopLimit } },
        { "type not_allowed", request => request with { Order = request.Order with { Type = OrderType.Limit, LimitPrice = new(5470) } } },
        { "price off_tick", request => request with { Kind = HeldKind.StopLimit, Order = request.Order with { Type = OrderType.Limit, LimitPrice = new(5471) } } },
        { "valid_until in_past", request => request with { ValidUntil = new DateTimeOffset(2026, 11, 20, 1, 30, 0, TimeSpan.Zero) } },
        { "volume not_a_volume", request => request with { Order = request.Order with { Volume = Volume.Zero } } },
        { "account_id unknown_account", request => request with { Order = request.Order with { AccountId = new(Guid.NewGuid()) } } },
        { "symbol unknown_symbol", request => request with { Order = request.Order with { Symbol = Symbol.Create("CZCE", "XX2701") } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_IsRefusedAndNamesItsField(string expected, Func<HeldRequest, HeldRequest> change)
    {
        var problem = _desk.Harness.Engine.Held.Place(change(Stop(OrderPurpose.Close, Side.Long, 5480)), EngineHarness.Wall).Problems.ShouldHaveSingleItem();
        $"{problem.Field} {problem.Code}".ShouldBe(expected);
        _desk.Harness.Snapshot.HeldOrders.ShouldBeEmpty();
    }

    /// <summary>Against the slow and obvious way: each triggers on the first tick that reaches its level, those of one tick in order of creation.</summary>
    [Fact]
    public void RandomOrdersOnRandomTicks_TriggerAsANaiveLookAtEveryTickWould()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            var desk = new PtaDesk(longVolume: 0, balance: 1_000_000_000m);
            var waiting = new List<(Guid Id, HeldComparison Comparison, PriceSource Source, OrderSide Side, decimal Level)>();
            var (expected, price) = (new List<Guid>(), 5500m);
            for (var step = 0; step < 40; step++)
            {
                var (side, comparison) = ((Side)random.Next(2), (HeldComparison)random.Next(2));
                var request = new HeldRequest(
                    new(desk.Account, PtaDesk.Pta, OrderPurpose.Open, side, new(1), OrderType.Limit, new(side == Side.Long ? 5300 : 5700)), HeldKind.Conditional, new(5460 + (2 * random.Next(41))), comparison,
                    (PriceSource)random.Next(2));
                var placed = desk.Harness.Engine.Held.Place(request, EngineHarness.Wall).Value.Held;
                desk.Harness.Commit();
                waiting.Add((placed.Id, comparison, request.PriceSource, request.Order.OrderSide, request.Level.Value));
                price += 2 * random.Next(-5, 6);
                desk.Tick((double)price);
                var fired = waiting.Where(one => IsReached(one.Comparison, one.Source == PriceSource.Last ? price : one.Side == OrderSide.Sell ? price - 2 : price + 2, one.Level)).Select(one => one.Id).ToList();
                expected.AddRange(fired);
                waiting.RemoveAll(one => fired.Contains(one.Id));
            }

            desk.Harness.Journal.Changes.OfType<JournalChange.HeldOrderSaved>().Where(change => change.Held.State != HeldState.Waiting).Select(change => change.Held.Id).ShouldBe(expected, $"seed {seed}");
            expected.ShouldNotBeEmpty();
        }

        static bool IsReached(HeldComparison comparison, decimal price, decimal level) => comparison == HeldComparison.AtOrAbove ? price >= level : price <= level;
    }

    private HeldRequest Stop(OrderPurpose purpose, Side side, decimal level) => Request(purpose, side, HeldKind.Stop, level);

    private HeldRequest Conditional(OrderPurpose purpose, Side side, HeldComparison comparison, decimal level, decimal volume = 8, decimal? limit = null) =>
        Request(purpose, side, HeldKind.Conditional, level, volume, limit) with { Comparison = comparison };

    private HeldRequest Request(OrderPurpose purpose, Side side, HeldKind kind, decimal level, decimal volume = 8, decimal? limit = null) =>
        new(new(_desk.Account, PtaDesk.Pta, purpose, side, new(volume), limit is null ? OrderType.Market : OrderType.Limit, limit is { } price ? new Price(price) : null), kind, new(level));

    private Guid Hold(HeldRequest request)
    {
        var placed = _desk.Harness.Engine.Held.Place(request, EngineHarness.Wall);
        placed.Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
        return placed.Value.Held.Id;
    }

    private void Emergency(EmergencyThen then)
    {
        _desk.Harness.Engine.Emergency.Stop(new(_desk.Account, then, "", Force: true), EngineHarness.Wall).Problems.ShouldBeEmpty();
        _desk.Harness.Commit();
    }

    private HeldOrder Find(Guid id) => _desk.Harness.Snapshot.HeldOrders.Single(view => view.Held.Id == id).Held;

    private HeldState StateOf(Guid id) => Find(id).State;
}
