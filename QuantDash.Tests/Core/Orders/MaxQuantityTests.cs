using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Positions;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Orders;

public sealed class MaxQuantityTests
{
    /// <summary>One lot of rebar at 3,500 freezes 3,500 × 10 × 7 % = 2,450 and 3.50 of fee.</summary>
    [Theory]
    [InlineData(2453.5, 1)]
    [InlineData(2453.49, 0)]
    [InlineData(24535, 10)]
    [InlineData(24534.99, 9)]
    [InlineData(0, 0)]
    public void Open_IsWhatFundsCoverToTheCent(double deposit, int lots)
    {
        var rb = Rebar();
        var most = Ask(new TestBooks((decimal)deposit, rb), rb, OrderSide.Buy, limit: 3500);
        (most.Open.Volume, most.Open.LimitedBy, most.Open.MarginPerUnit, most.Open.FeePerUnit).ShouldBe((new Volume(lots), QuantityLimit.Funds, 2450m, 3.5m));
    }

    [Fact]
    public void Open_IsAfterWhatWorkingOrdersFreeze()
    {
        var rb = Rebar();
        var books = new TestBooks(24_535m, rb);
        books.Ledger.Freeze("working", new Volume(4), 2450m, 3.5m);
        Ask(books, rb, OrderSide.Sell, limit: 3500).Open.Volume.ShouldBe(new Volume(6));
    }

    /// <summary>The exchange's largest order is 500 at a limit and 200 at the market.</summary>
    [Fact]
    public void Open_OfTheRich_IsTheLargestSingleOrder()
    {
        var rb = Rebar();
        var books = new TestBooks(100_000_000m, rb);
        var (limit, market) = (Ask(books, rb, OrderSide.Buy, limit: 3500).Open, Ask(books, rb, OrderSide.Buy, limit: null).Open);
        (limit.Volume, limit.LimitedBy).ShouldBe((new Volume(500), QuantityLimit.OrderSize));
        (market.Volume, market.LimitedBy).ShouldBe((new Volume(200), QuantityLimit.OrderSize));
        limit.ByFunds!.Value.Value.ShouldBeGreaterThan(40_000m);
    }

    /// <summary>At the market a buyer pays the ask, a seller gets the bid.</summary>
    [Fact]
    public void Open_AtTheMarket_CountsOnTheOpposingSide()
    {
        var rb = Rebar();
        var books = new TestBooks(1_000_000m, rb);
        (Ask(books, rb, OrderSide.Buy, null).Price, Ask(books, rb, OrderSide.Sell, null).Price).ShouldBe((new Price(3501), new Price(3500)));
    }

    [Fact]
    public void Open_WithoutAPrice_CannotBeTold()
    {
        var rb = Rebar();
        var open = Ask(new TestBooks(1_000_000m, rb), rb, OrderSide.Buy, null, tick: default(Tick)).Open;
        (open.Volume, open.LimitedBy).ShouldBe((null, QuantityLimit.NoPrice));
    }

    [Fact]
    public void Open_WhereNoMarketOrdersAreTaken_IsNothing()
    {
        var rb = Rebar();
        var question = Question(new TestBooks(1_000_000m, rb), rb, OrderSide.Buy, null) with { Terms = rb.Product.Terms[0] with { LargestMarketOrder = 0 } };
        (question.Answer().Open.Volume, question.Answer().Open.LimitedBy).ShouldBe((Volume.Zero, QuantityLimit.NoMarketOrders));
    }

    [Fact]
    public void Open_OfAStoppedAccount_IsWhatReduces()
    {
        var rb = Rebar();
        var open = (Question(new TestBooks(1_000_000m, rb), rb, OrderSide.Sell, 3500) with { OpensWhileHalted = new Volume(3) }).Answer().Open;
        (open.Volume, open.LimitedBy).ShouldBe((new Volume(3), QuantityLimit.Halted));
    }

    [Fact]
    public void Close_TellsBothAges_AndWhatHoldsTheRestBack()
    {
        var rb = Rebar();
        var books = new TestBooks(1_000_000m, rb);
        books.Open(rb, Side.Long, 5, 3400);
        books.Settle((rb, 3450m));
        books.Open(rb, Side.Long, 3, 3500);

        var all = Ask(books, rb, OrderSide.Sell, 3500, today: 3, yesterday: 5).Close;
        (all.Volume, all.Today, all.Yesterday, all.LimitedBy, all.Held).ShouldBe((new Volume(8), new Volume(3), new Volume(5), QuantityLimit.Position, new Volume(8)));
        Ask(books, rb, OrderSide.Sell, 3500, today: 1, yesterday: 5).Close.LimitedBy.ShouldBe(QuantityLimit.WorkingOrders);
        books.Ledger.BindLots(rb.Symbol, Side.Long, new Volume(4));
        var locked = Ask(books, rb, OrderSide.Sell, 3500, today: 3, yesterday: 1).Close;
        (locked.Volume, locked.LimitedBy, locked.Locked).ShouldBe((new Volume(4), QuantityLimit.Locks, new Volume(4)));
        Ask(books, rb, OrderSide.Buy, 3500).Close.ShouldBe(new(Volume.Zero, Volume.Zero, Volume.Zero, QuantityLimit.Position, Volume.Zero, Volume.Zero));
    }

    private static MaxQuantity Ask(TestBooks books, Contract contract, OrderSide side, decimal? limit, decimal today = 0, decimal yesterday = 0, Tick? tick = null) =>
        (Question(books, contract, side, limit) with { ClosableToday = new(today), ClosableYesterday = new(yesterday), Tick = tick ?? Quote }).Answer();

    private static readonly Tick Quote = new() { OccurredAt = Morning, ReceivedAt = Morning, LastTicks = 3500, BidTicks = 3500, AskTicks = 3501, BidVolume = 10, AskVolume = 10 };

    private static QuantityQuestion Question(TestBooks books, Contract contract, OrderSide side, decimal? limit) => new()
    {
        Side = side,
        Limit = limit is { } price ? new Price(price) : null,
        Ledger = books.Ledger,
        Contract = contract,
        Terms = contract.Product.Terms[0],
        Tick = Quote,
        ClosableToday = Volume.Zero,
        ClosableYesterday = Volume.Zero,
    };
}
