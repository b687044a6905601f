using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine;
using QuantDash.Tests.Core.Positions;
using static QuantDash.Tests.Core.Positions.PositionSamples;

namespace QuantDash.Tests.Core.Orders;

/// <summary>The lock-or-close card (PEERS.md 4, row 4): the worked case of 4.1, 10 rb long at 3,400, now 3,500, margin 13 %, fees 0.01 %, limits 5 % away.</summary>
public sealed class LockOrCloseTests
{
    [Fact]
    public void Card_OfTheWorkedCase_ShowsWhatEachTiesUpRisksAndCostsToReturn()
    {
        var choices = Choices(Rebar(margin: 0.13m), bid: 3500, ask: 3501, lower: 3325, upper: 3675).ToDictionary(choice => choice.Kind);
        choices[PreviewChoiceKind.Lock].ShouldSatisfyAllConditions(c => c.MarginPerDay.ShouldBe(45_500m), c => c.GapLoss.ShouldBe(0m), c => c.ReturnCost.ShouldBe(35m + 100m));
        choices[PreviewChoiceKind.Close].ShouldSatisfyAllConditions(c => c.MarginPerDay.ShouldBe(0m), c => c.GapLoss.ShouldBe(0m), c => c.ReturnCost.ShouldBe(35m + 100m));
        choices[PreviewChoiceKind.Nothing].ShouldSatisfyAllConditions(c => c.MarginPerDay.ShouldBe(45_240m), c => c.GapLoss.ShouldBe(-17_500m), c => c.ReturnCost.ShouldBe(0m));
    }

    /// <summary>Without limits in the feed the table's share counts; without either nobody knows. A book with one side has no spread.</summary>
    [Theory]
    [InlineData(0.05, -17_500)]
    [InlineData(null, null)]
    public void Gap_ComesFromTheTermsWhereTheFeedHasNoLimits_AndUnknownIsNotZero(double? limit, int? loss)
    {
        var rb = Rebar(margin: 0.13m);
        var limited = rb with { Product = rb.Product with { Terms = [rb.Product.Terms[0] with { PriceLimit = limit is { } share ? new Ratio((decimal)share) : null }] } };
        var choices = Choices(limited, bid: 3500, ask: 0, lower: 0, upper: 0);
        choices[2].GapLoss.ShouldBe(loss);
        choices[0].ReturnCost.ShouldBeNull();
    }

    /// <summary>The same ledger after either path: locked and unlocked at one price is what closing at it is, and the fees between them are those of the card.</summary>
    [Fact]
    public void EitherPath_OnTheSimulatedVenue_EndsAsTheCardSays()
    {
        var (locked, closed) = (Desk(), Desk());
        var card = locked.Harness.Engine.Preview(Ask(locked, OrderPurpose.Lock), EngineHarness.Wall).Value;
        Place(locked, OrderPurpose.Lock);
        locked.Harness.Engine.Locks.Unlock(new(locked.Account, PtaDesk.Pta, null, UnlockLegs.Both, null, OrderType.Market), EngineHarness.Wall).Problems.ShouldBeEmpty();
        locked.Harness.Commit();
        Place(closed, OrderPurpose.Close);
        var (one, other) = (locked.Harness.Snapshot.Accounts[0].Funds, closed.Harness.Snapshot.Accounts[0].Funds);
        var close = card.Choices.Single(choice => choice.Kind == PreviewChoiceKind.Close);
        (one.Equity + one.Fees).ShouldBe(other.Equity + other.Fees, "before fees one is the other");
        other.Fees.ShouldBe(close.FeesTogether!.Value);
        one.Fees.ShouldBe((card.FeeNow + card.UnwindFeeToday)!.Value);
        other.Margin.ShouldBe(close.After!.Margin);
        one.Margin.ShouldBe(other.Margin);
    }

    private static PtaDesk Desk()
    {
        var desk = new PtaDesk(10);
        Last(desk, 5520);
        return desk;
    }

    /// <summary>A feed that shows nothing but the last price: everything trades at it.</summary>
    private static void Last(PtaDesk desk, double last) =>
        desk.Harness.Tick(PtaDesk.Pta, new RawTick { Timestamp = new DateTimeOffset(2026, 11, 20, 1, 31, 0, TimeSpan.Zero), LastPrice = last }).ShouldBe(TickReject.None);

    private static OrderRequest Ask(PtaDesk desk, OrderPurpose purpose) => new(desk.Account, PtaDesk.Pta, purpose, Side.Long, new(10), OrderType.Market, null);

    private static void Place(PtaDesk desk, OrderPurpose purpose)
    {
        desk.Harness.Engine.PlaceOrder(Ask(desk, purpose), EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
    }

    private static IReadOnlyList<PreviewChoice> Choices(Contract contract, long bid, long ask, long lower, long upper)
    {
        var books = new TestBooks(1_000_000m, contract);
        books.Open(contract, Side.Long, 10, 3400);
        books.Settle((contract, 3480m));
        books.Mark(contract, 3500);
        var tick = new Tick { OccurredAt = Morning, ReceivedAt = Morning, LastTicks = 3500, BidTicks = bid, BidVolume = 100, AskTicks = ask, AskVolume = 100, LowerLimitTicks = lower, UpperLimitTicks = upper };
        var request = new OrderRequest(Account.Id, contract.Symbol, OrderPurpose.Lock, Side.Long, new(10), OrderType.Market, null);
        return OrderPreviewBuilder.Build(request, books.Ledger, contract, contract.Product.Terms[0], tick).Choices;
    }
}
