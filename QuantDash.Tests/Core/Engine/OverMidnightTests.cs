using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine;

/// <summary>An order that outlives its trading day, over a bridge on a market that never closes: each of its trades is booked once, however often and under whatever day it is told.</summary>
public sealed class OverMidnightTests
{
    private static readonly Symbol Btc = Symbol.ParseCanonical("BINANCE.BTCUSDT");
    private readonly EngineHarness _harness = new();
    private readonly Counter _counter = new();
    private readonly AccountId _account;
    private readonly TraderProgram _program;
    private DateTimeOffset _now = new(2026, 11, 19, 23, 59, 57, TimeSpan.Zero);
    private double _volume;

    public OverMidnightTests()
    {
        _account = _harness.Account(0m, SourceClock.Wall, VenueKind.Bridge, Currency.Usdt);
        _program = new(now => Done(_harness.Engine.TakeCommands(_account, another: false, now)), (reports, now) => Done(_harness.Engine.TakeReports(_account, reports, now)), _counter);
        Reconcile(10);
        _now += TimeSpan.FromSeconds(1);
        Tick();
    }

    private Order Order => DurableState.After(_harness.Journal.Batches, long.MaxValue).Orders.ShouldHaveSingleItem();
    private decimal Long => _harness.Snapshot.Accounts[0].Positions.ShouldHaveSingleItem().Long.Volume.Value;
    private int Booked => _harness.Journal.Changes.OfType<JournalChange.FillAdded>().Count();

    /// <summary>Ordered at 23:59:58 and filled at 00:00:03. After a restart that no longer knows the order, the day's trades are told again.</summary>
    [Fact]
    public void Fill_AfterMidnight_ToldAgainToAnEngineWithoutTheOrder_IsKnown()
    {
        var id = Place(4);
        _now += TimeSpan.FromSeconds(5);
        Tick();
        var fill = _counter.Fill(id, 4, 60_000, _now);
        _program.Tell(_now, fill);
        (Long, Order.State).ShouldBe((14m, OrderState.Filled));

        _now += TimeSpan.FromHours(9);
        _harness.Restart(DurableState.After(_harness.Journal.Batches, _harness.Journal.Told) with { Orders = [] }, _now);
        Reconcile(14);
        var taken = Done(_harness.Engine.TakeTrades(_account, [Told(fill, id)], _now)).Value;

        (taken.Booked, taken.Repeated).ShouldBe((0, 1));
        (Long, Booked).ShouldBe((14m, 1));
    }

    /// <summary>Part filled on one day, and asked about two days later: the counter tells the order's trades from the first.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fill_OfAnOrderThatWorksForDays_ToldAgain_IsKnown(bool asTrade)
    {
        var id = Place(10);
        var fill = _counter.Fill(id, 4, 60_000, _now);
        _program.Tell(_now, fill);
        NextDays(4);
        if (asTrade) Done(_harness.Engine.TakeTrades(_account, [Told(fill, id)], _now)).Value.Repeated.ShouldBe(1);
        else _program.Tell(_now, fill);
        (Long, Order.FilledVolume.Value, Booked).ShouldBe((14m, 4m, 1));
    }

    /// <summary>The last part came days after the first; the day's trades of that day are told once more over the next change of days.</summary>
    [Fact]
    public void Fill_DaysAfterItsOrder_ToldAgainOnTheNextDay_IsKnown()
    {
        var id = Place(4);
        NextDays(3);
        var fill = _counter.Fill(id, 4, 60_000, _now);
        _program.Tell(_now, fill);
        _harness.Restart(DurableState.After(_harness.Journal.Batches, _harness.Journal.Told) with { Orders = [] }, _now);
        Reconcile(14);
        NextDays(1);
        Done(_harness.Engine.TakeTrades(_account, [Told(fill, id)], _now)).Value.Repeated.ShouldBe(1);
        (Long, Booked).ShouldBe((14m, 1));
    }

    /// <summary>Told first as one of nobody's orders (the program knew no id yet), then with it.</summary>
    [Fact]
    public void Fill_AfterMidnight_ToldFirstWithoutItsOrder_IsKnown()
    {
        var id = Place(4);
        _now += TimeSpan.FromSeconds(5);
        Tick();
        var fill = _counter.Fill(id, 4, 60_000, _now);
        Done(_harness.Engine.TakeTrades(_account, [Told(fill, id) with { OrderId = null }], _now)).Value.Booked.ShouldBe(1);
        Done(_harness.Engine.TakeTrades(_account, [Told(fill, id)], _now)).Value.Repeated.ShouldBe(1);
        (Long, Booked).ShouldBe((14m, 1));
    }

    private ClientOrderId Place(decimal volume)
    {
        _harness.Engine.PlaceOrder(new(_account, Btc, OrderPurpose.Open, Side.Long, new(volume), OrderType.Limit, new Price(60_000)), _now).Problems.ShouldBeEmpty();
        _harness.Commit();
        _program.Poll(_now);
        Order.State.ShouldBe(OrderState.Accepted);
        return Order.Id;
    }

    private void NextDays(int days)
    {
        for (var day = 0; day < days; day++)
        {
            _now += TimeSpan.FromDays(1);
            Tick();
            _program.Poll(_now);
        }
    }

    private void Reconcile(decimal held)
    {
        _program.Poll(_now);
        Done(_harness.Engine.ApplySnapshot(
            new()
            {
                AccountId = _account, Timestamp = _now, Epoch = _program.Epoch, Complete = true,
                Positions = [new() { Symbol = Btc, LongVolume = new(held), LongToday = new(held), LongAveragePrice = new Price(60_000), ShortVolume = Volume.Zero, ShortToday = Volume.Zero }],
            },
            _now)).Problems.ShouldBeEmpty();
        _program.Poll(_now);
    }

    private void Tick() => _harness.Tick(Btc, new RawTick { Timestamp = _now, LastPrice = 60_000, Volume = ++_volume, BidPrice = 59_999.9, BidVolume = 9, AskPrice = 60_000.1, AskVolume = 9 });

    private static ToldTrade Told(BridgeReport fill, ClientOrderId id) => new()
    {
        TradeId = fill.TradeId!, Symbol = Btc, Side = OrderSide.Buy, Offset = Offset.Open, Price = fill.Price!.Value, Volume = fill.TradeVolume!.Value, Timestamp = fill.Timestamp!.Value, OrderId = id,
    };

    private T Done<T>(T outcome)
    {
        _harness.Commit();
        return outcome;
    }
}
