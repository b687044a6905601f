using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

public sealed class ManualOrderTests
{
    private static readonly Symbol Rebar = Symbol.Create("SHFE", "rb2701");
    private static readonly DateTimeOffset Open = new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);

    private readonly EngineHarness _harness = new();
    private readonly AccountId _account;

    public ManualOrderTests() => _account = _harness.Account();

    private IReadOnlyList<(Offset Offset, decimal Volume)> Sent =>
        [.. _harness.Journal.Changes.OfType<JournalChange.OrderSaved>().Where(change => change.Order.State == OrderState.Intended).Select(change => (change.Order.Offset, change.Order.Volume.Value))];

    [Fact]
    public void Close_WhileAnEarlierCloseWorks_TakesTheLotsThatOneLeaves()
    {
        Hold(Rebar, volume: 8, today: 3);
        Close(5).Problems.ShouldBeEmpty();
        Close(3).Problems.ShouldBeEmpty();

        Sent.ShouldBe([(Offset.CloseYesterday, 5), (Offset.CloseToday, 3)]);
        Close(1).Problems.ShouldHaveSingleItem().Code.ShouldBe("not_enough_position");
    }

    [Fact]
    public void Close_OfBothAges_IsOneOrderEach()
    {
        Hold(Rebar, volume: 8, today: 3);
        Close(7).Problems.ShouldBeEmpty();
        Sent.ShouldBe([(Offset.CloseYesterday, 5), (Offset.CloseToday, 2)]);
    }

    [Fact]
    public void Order_InAnotherCurrencyThanTheAccounts_IsRefusedAndBreaksNothing()
    {
        var dollars = InDollars();
        var refused = _harness.Engine.PlaceOrder(new(dollars, Rebar, OrderPurpose.Open, Side.Long, new(1), OrderType.Market, null), EngineHarness.Wall);
        refused.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(problem => problem.Field.ShouldBe("symbol"), problem => problem.Code.ShouldBe("currency_differs"));
        Sent.ShouldBeEmpty();
    }

    [Fact]
    public void Snapshot_InAnotherCurrencyThanTheAccounts_ChangesNothing()
    {
        var dollars = InDollars();
        var told = new PositionSnapshot { AccountId = dollars, Positions = [Long(Rebar, 8, 3)] };
        var refused = _harness.Engine.ApplySnapshot(told, EngineHarness.Wall).Problems.ShouldHaveSingleItem();
        (refused.Field, refused.Code).ShouldBe(("positions[0].symbol", "currency_differs"));
        _harness.Snapshot.Accounts.Single(account => account.Account.Id == dollars).Positions.ShouldBeEmpty();
    }

    private AccountId InDollars()
    {
        var account = new Account
        {
            Id = new(Guid.NewGuid()), Name = "dollars", Venue = VenueKind.Simulated, Currency = Currency.Usd, Source = _harness.Source, CreatedAt = EngineHarness.Wall,
        };
        _harness.Engine.CreateAccount(account, new(1_000_000, Currency.Usd), EngineHarness.Wall).Problems.ShouldBeEmpty();
        _harness.Commit();
        return account.Id;
    }

    private Outcome<Order> Close(decimal volume)
    {
        var placed = _harness.Engine.PlaceOrder(
            new(_account, Rebar, OrderPurpose.Close, Side.Long, new(volume), OrderType.Limit, new(3300)), EngineHarness.Wall);
        _harness.Commit();
        return placed;
    }

    private void Hold(Symbol symbol, decimal volume, decimal today)
    {
        _harness.Engine.ApplySnapshot(new() { AccountId = _account, Positions = [Long(symbol, volume, today)] }, EngineHarness.Wall).Problems.ShouldBeEmpty();
        _harness.Commit();
        _harness.Tick(symbol, Open, 3100, 3099, 3100);
    }

    private static SnapshotPosition Long(Symbol symbol, decimal volume, decimal today) => new()
    {
        Symbol = symbol, LongVolume = new(volume), LongToday = new(today), LongAveragePrice = new Price(3100), ShortVolume = Volume.Zero,
    };
}
