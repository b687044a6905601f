using QuantDash.Core.Engine;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Cash booked by hand.</summary>
public sealed class CashTests
{
    private readonly PtaDesk _desk = new(longVolume: 10, price: 5500m, balance: 100_000m);

    public CashTests() => _desk.Tick(5500);

    [Fact]
    public void Deposit_MovesEquityAndIsNoResult()
    {
        var before = Funds;
        Book(50_000m, "salary").Value.ShouldSatisfyAllConditions(
            flow => flow.Amount.ShouldBe(new Money(50_000m, Currency.Cny)),
            flow => flow.Note.ShouldBe("salary"));

        Funds.Equity.ShouldBe(before.Equity + 50_000m);
        (Funds.Deposits, Funds.CashFlowToday).ShouldBe((before.Deposits + 50_000m, before.CashFlowToday + 50_000m));
        (Funds.Equity - Funds.Deposits).ShouldBe(before.Equity - before.Deposits);
        _desk.Harness.Journal.Changes.OfType<JournalChange.EquityPointAdded>().Last().Funds.Deposits.ShouldBe(150_000m, "the curve has a point where cash came");
        _desk.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Last().Event.ShouldSatisfyAllConditions(
            told => told.Key.ShouldBe("cash.deposited"), told => told.Values.ShouldBe(["50000", "CNY"]));
    }

    [Fact]
    public void Withdrawal_OfMoreThanAvailable_IsRefusedAndNothingIsBooked()
    {
        var available = Funds.Available!.Value;
        var changes = _desk.Harness.Journal.Changes.Count();

        Book(-available - 0.01m).Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            problem => problem.Field.ShouldBe("amount"), problem => problem.Code.ShouldBe("more_than_available"));
        _desk.Harness.Journal.Changes.Count().ShouldBe(changes);

        Book(-available).Succeeded.ShouldBeTrue();
        Funds.Available.ShouldBe(0m);
        _desk.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Last().Event.Key.ShouldBe("cash.withdrawn");
    }

    [Fact]
    public void Withdrawal_WhileAPriceIsUnknown_IsRefused_AndADepositIsNot()
    {
        var unmarked = new PtaDesk(longVolume: 10, price: 5500m, balance: 100_000m);
        unmarked.Harness.Snapshot.Accounts[0].Funds.Available.ShouldBeNull();
        unmarked.Harness.Engine.BookCash(unmarked.Account, -1m, null, EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("available_unknown");
        unmarked.Harness.Engine.BookCash(unmarked.Account, 1m, null, EngineHarness.Wall).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void Booked_IsThereAfterAKill()
    {
        Book(12_345.67m);
        _desk.Kill();
        Funds.Deposits.ShouldBe(112_345.67m);
    }

    [Fact]
    public void UnknownAccount_IsSaid() =>
        _desk.Harness.Engine.BookCash(new(Guid.NewGuid()), 1m, null, EngineHarness.Wall).Problems.ShouldHaveSingleItem().Code.ShouldBe("unknown_account");

    private Funds Funds => _desk.Harness.Snapshot.Accounts[0].Funds;

    private Outcome<CashFlow> Book(decimal amount, string? note = null)
    {
        var booked = _desk.Harness.Engine.BookCash(_desk.Account, amount, note, EngineHarness.Wall);
        _desk.Harness.Commit();
        return booked;
    }
}
