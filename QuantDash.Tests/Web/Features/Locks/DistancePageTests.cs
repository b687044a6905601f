using Bunit;
using QuantDash.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

public sealed class DistancePageTests : ScreenContext
{
    [Fact]
    public void Board_ArmedRules_NearestFirstWithMoney()
    {
        var rows = DistanceRow.List(Sample, Sample.Accounts[0]);

        rows.ShouldNotBeEmpty();
        rows.Select(r => r.Condition.DistanceRatio ?? decimal.MaxValue).ShouldBeInOrder(SortDirection.Ascending);
        var row = rows[0];
        var position = Sample.Accounts[0].Positions.First(p => p.Contract.Symbol.ToString() == row.Symbol);
        var leg = row.Direction == QuantDash.Core.Primitives.Side.Long ? position.Long : position.Short;
        row.MoneyToFire.ShouldBe(row.Condition.DistanceTicks * position.Contract.PriceTick * position.Contract.Multiplier * leg.Volume.Value);
        Render<DistancePage>().FindAll("#distance tbody tr").Count.ShouldBe(rows.Count);
    }

    [Fact]
    public void Board_BetweenTwoSortings_KeepsItsOrder()
    {
        var rows = DistanceRow.List(Sample, Sample.Accounts[0]);
        IReadOnlyList<DistanceRow> swapped = [.. rows.Reverse()];

        DistanceRow.InOrderOf(rows, swapped).Select(r => r.Id).ShouldBe(rows.Select(r => r.Id));
    }

    [Fact]
    public void Board_SilentFeed_LooksOld()
    {
        Snapshots.Publish(Sample with { Quotes = [.. Sample.Quotes.Select(q => q with { Health = QuoteHealth.Stale })] });

        var page = Render<DistancePage>();

        page.FindAll("#distance tbody tr").ShouldAllBe(row => row.ClassList.Contains("stale"));
    }

    private static EngineSnapshot Sample => SampleSnapshot.At(SampleSnapshot.Now);
}
