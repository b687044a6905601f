using QuantDash.Core.Indicators;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Indicators.Reference;

public sealed class ReferenceTests
{
    /// <summary>Without a file of the reference: held against the vectors of its sources instead.</summary>
    private static readonly string[] ByVectorOnly = ["realised_volatility"];

    [DataFact]
    public void Indicators_GiveTheReferenceResultsAndSheets()
    {
        var compared = ReferenceCases.All.SelectMany(ReferenceComparison.Of).ToList();
        var off = compared.Where(one => !one.Agrees).Select(one => $"{one.Case} {one.Column}: {one.Rows} rows, largest {one.Largest:E2} at row {one.At}, {one.Wrong.Count} without a counterpart ({string.Join(", ", one.Wrong.Take(4))})").ToList();
        off.ShouldBeEmpty(string.Join('\n', off));
        compared.Sum(one => one.Rows).ShouldBeGreaterThan(40_000);
    }

    [Fact]
    public void Indicators_AreAllHeldAgainstSomething()
        => IndicatorCatalogue.All.Select(one => one.Name).Except(ReferenceCases.All.Select(one => one.Indicator)).ShouldBe(ByVectorOnly);

    [DataFact]
    public void Note_ShowsTheseRows() => ReferenceNote.Skeleton(File.ReadAllText(ReferenceNote.Path)).ShouldBe(ReferenceNote.Skeleton(ReferenceNote.Text()), "write it anew: dotnet run --project QuantDash.Tests -- indicators");
}
