using QuantDash.Core.Markets;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Market;

namespace QuantDash.Tests.Web.Features.Market;

public sealed class WatchRowsTests
{
    private static readonly SampleMarketDesk Desk = new();

    [Fact]
    public void Rows_OnePriceMoved_OnlyThatRowIsAnotherObject()
    {
        var now = SampleSnapshot.At(SampleSnapshot.Now);
        var before = WatchRows.Build(now, SampleSnapshot.Source, null, null, Desk, []);
        var gold = now.Quotes.Single(q => q.Contract == SampleSnapshot.Gold);
        var moved = gold with { Tick = gold.Tick with { LastTicks = gold.Tick.LastTicks + 1 } };
        var after = WatchRows.Build(now with { Quotes = [.. now.Quotes.Select(q => q == gold ? moved : q)] }, SampleSnapshot.Source, null, null, Desk, before);

        after.Count.ShouldBe(4);
        after.Where((row, i) => !ReferenceEquals(row, before[i])).ShouldHaveSingleItem().Symbol.ShouldBe("SHFE.au2509");
    }

    [Fact]
    public void Rows_AskedForWhatIsNotListed_ShowItBehindTheList_Selected()
    {
        var rows = WatchRows.Build(
            SampleSnapshot.At(SampleSnapshot.Now), SampleSnapshot.Source, [WatchEntry.Of(SampleSnapshot.Gold.Symbol)], WatchEntry.Of(SampleSnapshot.Pvc.Symbol), Desk, []);
        rows.Select(r => (r.Symbol, r.IsListed, r.Selected)).ShouldBe([("SHFE.au2509", true, false), ("DCE.v2505", false, true)]);
    }
}
