using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Trades told without an offset on an exchange whose orders say the age of what they close (rb: 10 t a lot).</summary>
public sealed class TradeWithoutOffsetTests
{
    private static readonly Symbol Rebar = Symbol.Create("SHFE", "rb2701");
    private readonly EngineHarness _harness = new();
    private readonly AccountId _account;

    public TradeWithoutOffsetTests() => _account = _harness.Account(1_000_000m, SourceClock.Wall, VenueKind.Bridge);

    private PositionView Position => _harness.Snapshot.Accounts[0].Positions.ShouldHaveSingleItem();
    private IEnumerable<JournalChange.FillAdded> Fills => _harness.Journal.Changes.OfType<JournalChange.FillAdded>();

    [Theory]
    [InlineData(5, 0, 3, "CloseToday 3")]
    [InlineData(5, 5, 3, "CloseYesterday 3")]
    [InlineData(5, 2, 2, "CloseYesterday 2")]
    [InlineData(5, 2, 4, "CloseYesterday 2, CloseToday 2")]
    [InlineData(5, 2, 5, "CloseYesterday 2, CloseToday 3")]
    public void Sale_ClosesTheLotsThatAreThere_TheOlderFirst(decimal held, decimal older, decimal sold, string closed)
    {
        _harness.Hold(_account, Rebar, longVolume: held, longPrice: 3500, earlier: older);
        Sell(sold).Booked.ShouldBe(1);

        string.Join(", ", Fills.Select(fill => $"{fill.Fill.Offset} {fill.Fill.Volume}")).ShouldBe(closed);
        Fills.Sum(fill => fill.Accounting.RealisedPnl).ShouldBe(100m * sold, "the lots that were there, and none made up for it");
        Held().ShouldBe((held - sold, 0m));
    }

    [Fact]
    public void Sale_OfMoreThanIsHeld_Opens()
    {
        _harness.Hold(_account, Rebar, longVolume: 5, longPrice: 3500, earlier: 2);
        Sell(6);
        Held().ShouldBe((5m, 6m));
    }

    /// <summary>Booked as two, it was told as one: the same trade again is no correction of it, nor a third.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sale_OfBothAges_ToldAgain_ChangesNothing(bool restart)
    {
        _harness.Hold(_account, Rebar, longVolume: 5, longPrice: 3500, earlier: 2);
        Sell(4);
        if (restart) _harness.Restart(DurableState.After(_harness.Journal.Batches, _harness.Journal.Told), EngineHarness.Wall);

        (Sell(4).Booked, Held().Long).ShouldBe((0, 1m));
        _harness.Journal.Changes.OfType<JournalChange.EventAdded>().Select(told => told.Event.Key).ShouldNotContain("trade.corrected");
    }

    /// <summary>A snapshot had counted it: it closed those lots, and opened nothing.</summary>
    [Fact]
    public void Sale_ThatASnapshotHadCounted_IsTheCloseOfWhatItTook()
    {
        _harness.Hold(_account, Rebar, longVolume: 5, longPrice: 3500);
        _harness.Hold(_account, Rebar);
        Sell(5);

        Held().ShouldBe((0m, 0m));
        Fills.ShouldHaveSingleItem().Accounting.RealisedPnl.ShouldBe(500m);
    }

    private (decimal Long, decimal Short) Held() =>
        _harness.Snapshot.Accounts[0].Positions.Count == 0 ? (0m, 0m) : (Position.Long.Volume.Value, Position.Short.Volume.Value);

    private TradesTaken Sell(decimal volume)
    {
        var trade = new ToldTrade { TradeId = "X1", Symbol = Rebar, Side = OrderSide.Sell, Price = new(3510), Volume = new(volume), Timestamp = EngineHarness.Wall };
        var taken = _harness.Engine.TakeTrades(_account, [trade], EngineHarness.Wall);
        _harness.Commit();
        return taken.Value;
    }
}
