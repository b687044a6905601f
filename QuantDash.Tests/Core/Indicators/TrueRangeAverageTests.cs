using System.Globalization;
using QuantDash.Core.Indicators;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Indicators;

public sealed class TrueRangeAverageTests
{
    [DataFact]
    public void Of_TheReferenceSeries_IsTheReferenceAverage()
    {
        using var file = TestData.Open("reference/skender/calc_sheets/Atr.ATR.csv.gz");
        var heading = file.ReadLine()!.Split(',');
        var (high, low, close, average) = (Array.IndexOf(heading, "high"), Array.IndexOf(heading, "low"), Array.IndexOf(heading, "close"), Array.IndexOf(heading, "ATR"));
        var rows = new List<string[]>();
        while (file.ReadLine() is { } line) rows.Add(line.Split(','));
        var values = TrueRangeAverage.Of(rows.Select(row => (Number(row[high]), Number(row[low]), Number(row[close]))), 14).ToList();
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i][average].Length == 0) values[i].ShouldBeNull($"row {i}");
            else values[i].ShouldNotBeNull().ShouldBe(Number(rows[i][average]), 1e-9, $"row {i}");
        }
        values.Count(value => value is not null).ShouldBeGreaterThan(400);
    }

    [Fact]
    public void Add_NeedsOneBarMoreThanItsPeriod()
    {
        var average = new TrueRangeAverage(2);
        average.Add(10, 8, 9).ShouldBeNull("the first bar only gives a close");
        average.Add(12, 9, 12).ShouldBeNull();
        average.Add(12, 7, 8).ShouldBe(4); // ranges 3 and 5
        average.Add(9, 9, 9).ShouldBe(2.5); // a gap of 1: 4 + (1 − 4) / 2
    }

    [Fact]
    public void Period_BelowOne_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => new TrueRangeAverage(0));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
