using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Shares of Hong Kong on the simulated venue: whole lots, prices on the spread table, one side at a time.</summary>
public sealed class StockTests
{
    private static readonly Symbol Alibaba = Symbol.ParseCanonical("HK.09988");
    private static readonly DateTimeOffset Morning = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);
    private readonly EngineHarness _engine = new();
    private readonly AccountId _account;

    public StockTests()
    {
        _account = _engine.Account(100_000m, currency: Currency.Hkd);
        Price(120m, 0);
    }

    [Fact]
    public void Purchase_OfALot_IsPaidInFull_WithTheExchangesFees()
    {
        var order = Buy(100, 120.1m);
        _engine.Commit();
        Price(120m, 1);

        order.Problems.ShouldBeEmpty();
        var account = _engine.Snapshot.Accounts.Single();
        account.Positions.Single().Long.Volume.Value.ShouldBe(100m);
        account.Funds.Margin.ShouldBe(12_000m);
        account.Funds.FeesToday.ShouldBe(13.54m, "0.1127 % of 12,010");
    }

    [Theory]
    [InlineData(150, 120.1, "volume not_a_volume")]
    [InlineData(100, 120.15, "price off_tick")]
    [InlineData(100, 120.123, "price off_tick")]
    public void Purchase_OffTheLotOrTheSteps_IsRefused(int volume, double price, string problem) =>
        Buy(volume, (decimal)price).Problems.Select(p => $"{p.Field} {p.Code}").ShouldBe([problem]);

    [Fact]
    public void LockRule_OnAShare_IsRefusedWithTheReason()
    {
        var rule = EngineHarness.NewRule(_account, Alibaba, Side.Long, TriggerType.Price) with { TriggerPrice = new(130m) };

        _engine.Engine.SaveRule(rule, Morning).Problems.Select(p => $"{p.Field} {p.Code}").ShouldContain("symbol cannot_hold_both_sides");
    }

    [Fact]
    public void StopThatReduces_SellsAtAStepOfThePriceTable()
    {
        Buy(200, 120.1m);
        _engine.Commit();
        Price(120m, 1);
        _engine.Snapshot.Accounts.Single().Positions.Single().Long.Volume.Value.ShouldBe(200m);
        _engine.Rule(EngineHarness.NewRule(_account, Alibaba, Side.Long, TriggerType.Price) with { StopLossPrice = new(110m), Action = LockAction.Reduce, AutoExecute = true });

        Price(109.97m, 60, bid: 109.95m, ask: 110m);
        Price(109.9m, 61, bid: 109.9m, ask: 110m);
        _engine.Commit();

        var sale = _engine.Journal.Changes.OfType<JournalChange.OrderSaved>().Select(saved => saved.Order).Last(order => order.Side == OrderSide.Sell);
        (sale.LimitPrice!.Value.Value % 0.1m, sale.Volume.Value).ShouldBe((0m, 200m), sale.LimitPrice.ToString());
        _engine.Snapshot.Accounts.Single().Positions.ShouldAllBe(position => position.Long.Volume.IsZero);
    }

    [Fact]
    public void TradeAtAFractionOfACent_CountsAsTheNearest_AQuoteDoesNot()
    {
        var apple = Symbol.ParseCanonical("US.AAPL");
        var open = new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.Zero);

        _engine.Tick(apple, open, 270.0049, 270, 270.01).ShouldBe(TickReject.None);
        _engine.Snapshot.Quotes.Single(quote => quote.Contract.Symbol == apple).Last.Value.ShouldBe(270.00m);
        _engine.Tick(apple, open.AddSeconds(1), 270, 269.995, 270.01).ShouldBe(TickReject.OffTick);
    }

    private Outcome<Order> Buy(decimal volume, decimal price) => _engine.Engine.PlaceOrder(
        new(_account, Alibaba, OrderPurpose.Open, Side.Long, new(volume), OrderType.Limit, new Price(price)), Morning);

    private void Price(decimal last, int second, decimal? bid = null, decimal? ask = null) =>
        _engine.Tick(Alibaba, Morning.AddSeconds(second), (double)last, (double)(bid ?? last - 0.1m), (double)(ask ?? last + 0.1m), depth: 10_000).ShouldBe(TickReject.None);
}
