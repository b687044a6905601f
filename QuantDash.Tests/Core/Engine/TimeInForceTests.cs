using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Orders by hand that never wait: which are taken, what becomes of them, and that nothing follows.</summary>
public sealed class TimeInForceTests
{
    private static readonly Symbol Rebar = Symbol.Create("SHFE", "rb2701");
    private static readonly DateTimeOffset Open = new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);

    private readonly EngineHarness _harness = new();
    private readonly AccountId _account;

    public TimeInForceTests() => _account = _harness.Account();

    private IReadOnlyList<Order> Orders => DurableState.After(_harness.Journal.Batches, long.MaxValue).Orders;

    [Theory]
    [InlineData("SHFE.rb2701", OrderType.Market, TimeInForce.Fak, "time_in_force time_in_force_needs_limit")]
    [InlineData("SHFE.rb2701", OrderType.Market, TimeInForce.Fok, "time_in_force time_in_force_needs_limit")]
    [InlineData("CZCE.TA2701", OrderType.Limit, TimeInForce.Fok, "time_in_force time_in_force_not_offered")]
    [InlineData("CZCE.TA2701", OrderType.Limit, TimeInForce.Fak, "")]
    [InlineData("SHFE.rb2701", OrderType.Limit, TimeInForce.Fok, "")]
    [InlineData("SHFE.rb2701", OrderType.Market, TimeInForce.Day, "")]
    public void Order_IsTakenOnlyWhereItExists(string symbol, OrderType type, TimeInForce time, string wrong)
    {
        var contract = Symbol.ParseCanonical(symbol);
        _harness.Tick(contract, Open, 5000, 4998, 5002);
        var request = new OrderRequest(_account, contract, OrderPurpose.Open, Side.Long, new(1), type, type == OrderType.Limit ? new Price(5002) : null) { TimeInForce = time };

        string.Join(' ', _harness.Engine.Preview(request, EngineHarness.Wall).Problems.Select(problem => $"{problem.Field} {problem.Code}")).ShouldBe(wrong);
        string.Join(' ', _harness.Engine.PlaceOrder(request, EngineHarness.Wall).Problems.Select(problem => $"{problem.Field} {problem.Code}")).ShouldBe(wrong);
    }

    [Fact]
    public void Fok_ThatWouldBeTwoOrders_IsRefusedAndSaysHowManyAreOne()
    {
        _harness.Tick(Rebar, Open, 3100, 3099, 3100);
        _harness.Hold(_account, Rebar, longVolume: 8, longPrice: 3100, earlier: 5);

        var problem = Place(7, 3090, TimeInForce.Fok, OrderPurpose.Close).Problems.ShouldHaveSingleItem();
        (problem.Field, problem.Code).ShouldBe(("time_in_force", "fok_in_parts"));
        problem.Values.ShouldBe([2, new Volume(5)]);
        Place(7, 3090, TimeInForce.Fak, OrderPurpose.Close).Problems.ShouldBeEmpty();
        Orders.Select(order => (order.TimeInForce, order.Volume.Value)).ShouldBe([(TimeInForce.Fak, 5), (TimeInForce.Fak, 2)]);
    }

    [Fact]
    public void Fak_TakesWhatIsThere_AndNothingFollows()
    {
        _harness.Tick(Rebar, Open, 3100, 3099, 3100, depth: 3);
        Place(8, 3100, TimeInForce.Fak).Problems.ShouldBeEmpty();
        for (var second = 1; second < 60; second++) _harness.Tick(Rebar, Open.AddSeconds(second), 3100, 3099, 3100);

        var order = Orders.ShouldHaveSingleItem();
        (order.State, order.FilledVolume.Value, order.Reason).ShouldBe((OrderState.Cancelled, 3, TimesInForce.FakEnded));
        _harness.Snapshot.Orders.ShouldBeEmpty();
        var funds = _harness.Snapshot.Accounts[0];
        funds.Positions.ShouldHaveSingleItem().Long.Volume.Value.ShouldBe(3);
    }

    [Fact]
    public void Fok_GetsAllOrNothing()
    {
        _harness.Tick(Rebar, Open, 3100, 3099, 3100, depth: 3);
        Place(4, 3100, TimeInForce.Fok);
        Place(3, 3100, TimeInForce.Fok);
        Orders.Select(order => (order.State, order.FilledVolume.Value, order.Reason)).ShouldBe([(OrderState.Cancelled, 0, TimesInForce.FokEnded), (OrderState.Filled, 3, null)]);
    }

    [Theory]
    [InlineData(TimeInForce.Fak)]
    [InlineData(TimeInForce.Fok)]
    public void Intended_AndKilledBeforeItWasSent_IsExpiredAndNotSentLater(TimeInForce time)
    {
        _harness.Tick(Rebar, Open, 3100, 3099, 3100);
        _harness.Engine.PlaceOrder(Request(2, 3100, time, OrderPurpose.Open), EngineHarness.Wall).Problems.ShouldBeEmpty();
        _harness.Restart(DurableState.After(_harness.Journal.Batches, _harness.Journal.Last), EngineHarness.Wall);
        _harness.Tick(Rebar, Open.AddSeconds(1), 3100, 3099, 3100);

        var order = Orders.ShouldHaveSingleItem();
        (order.State, order.FilledVolume.Value, order.Reason, order.TimeInForce).ShouldBe((OrderState.Cancelled, 0, OrderTransitions.ExpiredUnsent, time));
    }

    /// <summary>A program's counter cancels the rest by itself and need not say why.</summary>
    [Fact]
    public void Bridge_IsToldTheKind_AndItsEndHasAReasonOfItsOwn()
    {
        var scene = new BridgeScene();
        var request = new OrderRequest(scene.Account, BridgeScene.Pta, OrderPurpose.Close, Side.Long, new(8), OrderType.Limit, new Price(5600)) { TimeInForce = TimeInForce.Fak };
        scene.Harness.Engine.PlaceOrder(request, scene.Now).Problems.ShouldBeEmpty();
        scene.Harness.Commit();
        scene.Program.Poll(scene.Now);
        scene.Program.Seen[^1].Order.TimeInForce.ShouldBe(TimeInForce.Fak);

        var refused = scene.Harness.Engine.ReplaceOrder(scene.Order.Id, new(5590), null, scene.Now).Problems.ShouldHaveSingleItem();
        (refused.Field, refused.Code).ShouldBe(("order_id", "never_waits"));
        scene.Harness.Engine.PreviewReplace(scene.Order.Id, new(5590), null, scene.Now).Problems.ShouldHaveSingleItem().Code.ShouldBe("never_waits");

        scene.Fill(3);
        scene.Program.Tell(scene.Now, new BridgeReport { OrderId = scene.Order.Id, Status = BridgeStatus.Cancelled });
        (scene.Order.State, scene.Order.FilledVolume.Value, scene.Order.Reason).ShouldBe((OrderState.Cancelled, 3, TimesInForce.FakEnded));
        scene.Program.Poll(scene.Now);
        scene.Counter.Placed.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(TimeInForce.Fak, 8, 3100, 3)]
    [InlineData(TimeInForce.Fak, 2, 3100, 2)]
    [InlineData(TimeInForce.Fak, 8, 3099, 0)]
    [InlineData(TimeInForce.Fok, 8, 3100, 0)]
    [InlineData(TimeInForce.Fok, 3, 3100, 3)]
    [InlineData(TimeInForce.Day, 8, 3100, null)]
    public void Preview_SaysWhatFillsAtOnce_AndThatNothingRests(TimeInForce time, int volume, int limit, int? fills)
    {
        _harness.Tick(Rebar, Open, 3100, 3099, 3100, depth: 3);
        var preview = _harness.Engine.Preview(Request(volume, limit, time, OrderPurpose.Open), EngineHarness.Wall).Value;

        (preview.FillsAtOnce?.Value, preview.WouldRest, preview.PlannedVolume.Value).ShouldBe((fills, false, volume));
        preview.After!.NetVolume.ShouldBe(fills ?? volume);
        preview.ExpectedPrice.ShouldBe(fills == 0 ? null : new Price(3100));
        (preview.FeeNow == 0).ShouldBe(fills == 0);
    }

    [Fact]
    public void Preview_WithoutAQuote_SaysThatNobodyKnows()
    {
        var preview = _harness.Engine.Preview(Request(3, 3100, TimeInForce.Fak, OrderPurpose.Open), EngineHarness.Wall).Value;
        (preview.FillsAtOnce, preview.ExpectedPrice, preview.After, preview.WouldRest).ShouldBe((null, null, null, false));
    }

    [Theory]
    [InlineData(2789, "price beyond_limits")]
    [InlineData(3411, "price beyond_limits")]
    [InlineData(2790, "")]
    [InlineData(3410, "")]
    public void NewOrder_BeyondThePriceLimitsOfTheDay_IsRefused(int price, string wrong)
    {
        _harness.Tick(Rebar, new RawTick { Timestamp = Open, LastPrice = 3100, Volume = 10, BidPrice = 3099, BidVolume = 9, AskPrice = 3100, AskVolume = 9, LowerLimit = 2790, UpperLimit = 3410 });
        var placed = Place(1, price, TimeInForce.Day);
        string.Join(' ', placed.Problems.Select(problem => $"{problem.Field} {problem.Code}")).ShouldBe(wrong);
        if (wrong.Length > 0) placed.Problems[0].Values.ShouldBe([(decimal)price, 2790m, 3410m]);
    }

    private Outcome<Order> Place(decimal volume, decimal limit, TimeInForce time, OrderPurpose purpose = OrderPurpose.Open)
    {
        var placed = _harness.Engine.PlaceOrder(Request(volume, limit, time, purpose), EngineHarness.Wall);
        _harness.Commit();
        return placed;
    }

    private OrderRequest Request(decimal volume, decimal limit, TimeInForce time, OrderPurpose purpose) =>
        new(_account, Rebar, purpose, Side.Long, new(volume), OrderType.Limit, new Price(limit)) { TimeInForce = time };
}
