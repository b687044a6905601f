using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Performance;

namespace QuantDash.Tests.Core.Backtesting.Reports;

/// <summary>Curves and tables of a report, against numbers worked out by hand.</summary>
public sealed class CurveTests
{
    [Fact]
    public void Drawdown_IsTheFallBelowTheHighestSoFar_TheStartIncluded()
    {
        Drawdown.Of([90, 110, 99, 55, 120], 100).ShouldBe([-0.1, 0, -0.1, -0.5, 0], 1e-12);
        Drawdown.Of([-1], 0).ShouldBe([0]);
    }

    [Fact]
    public void DeepestSpells_RunFromTheTopToTheRecovery()
    {
        var spells = Drawdown.Deepest([90, 110, 99, 55, 120, 114], 100, 2);

        spells.Count.ShouldBe(2);
        (spells[0].Top, spells[0].Bottom, spells[0].Recovered).ShouldBe((1, 3, 4));
        spells[0].Depth.ShouldBe(-0.5, 1e-12);
        (spells[1].Top, spells[1].Bottom, spells[1].Recovered).ShouldBe((-1, 0, 1));
        Drawdown.Deepest([100, 50], 100, 5).ShouldHaveSingleItem().Recovered.ShouldBeNull();
    }

    [Fact]
    public void Histogram_HasRoundBinsWithZeroAsAnEdge()
    {
        var bins = Histogram.Of([-0.5, 0, 0.9, 1, 3.9], 5);

        bins.Select(bin => (bin.From, bin.To, bin.Count)).ShouldBe([(-1, 0, 1), (0, 1, 2), (1, 2, 1), (2, 3, 0), (3, 4, 1)]);
        Histogram.Of([], 10).ShouldBeEmpty();
        Histogram.Of([5, 5], 10).Sum(bin => bin.Count).ShouldBe(2);
        Histogram.Of([0], 10).ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    [Fact]
    public void Histogram_OfAnyNumbers_CountsEachOnce()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 60)).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 7))).ToList();
            var bins = Histogram.Of(values, 24);
            bins.Sum(bin => bin.Count).ShouldBe(values.Count);
            bins.Count.ShouldBeLessThanOrEqualTo(27);
            bins.Any(bin => bin.From < -1e-12 && bin.To > 1e-9 * bin.To && bin.From * bin.To < -1e-24).ShouldBeFalse();
        }
    }

    /// <summary>Returns 1 %, 3 %: mean 2 %, sample deviation √2 %; then 3 %, 2 %.</summary>
    [Fact]
    public void RollingSharpe_IsThatOfTheWindow()
    {
        var sharpe = DailyReturns.RollingSharpe(Days(0.01m, 0.03m, 0.02m, 0.02m), 2);

        sharpe[0].ShouldBeNull();
        sharpe[1]!.Value.ShouldBe(2 / Math.Sqrt(2) * Math.Sqrt(252), 1e-9);
        sharpe[2]!.Value.ShouldBe(2.5 / Math.Sqrt(0.5) * Math.Sqrt(252), 1e-9);
        sharpe[3].ShouldBeNull();
    }

    [Fact]
    public void Months_StandInTheirYears()
    {
        var days = Days(new DateOnly(2023, 12, 28), 0.1m, 0.1m, 0m, 0m, 0m, -0.5m);

        var years = DailyReturns.ByMonth(days);

        years.Select(year => year.Year).ShouldBe([2023, 2024]);
        years[0].Months[11]!.Value.ShouldBe(0.21, 1e-9);
        years[0].Months[10].ShouldBeNull();
        years[0].Total.ShouldBe(0.21, 1e-9);
        years[1].Months[0]!.Value.ShouldBe(-0.5, 1e-9);
    }

    [Fact]
    public void Years_StandForThemselves()
    {
        var days = Days(new DateOnly(2023, 12, 30), -0.5m, 0m, 0.1m, -0.1m);

        var years = DailyReturns.ByYear(days, [ReportSamples.Trade(exitDay: new(2024, 1, 1)), ReportSamples.Trade(exitDay: new(2024, 1, 2))]);

        years.Select(year => (year.Year, year.Trades)).ShouldBe([(2023, 0), (2024, 2)]);
        years[0].Return.ShouldBe(-0.5, 1e-9);
        years[1].MaxDrawdown.ShouldBe(-0.1, 1e-9);
        years[1].Pnl.ShouldBe(days[^1].EndEquity - days[1].EndEquity);
    }

    [Fact]
    public void Thinning_KeepsEndsAndExtremesOfEveryStretch()
    {
        var values = Enumerable.Range(0, 10_000).Select(i => Math.Sin(i / 50.0) + (i == 7_777 ? 9 : i == 3_333 ? -9 : 0)).ToArray();

        var kept = Thinning.Of(values, 400);

        kept.Count.ShouldBeLessThanOrEqualTo(400);
        kept.ShouldBeInOrder();
        foreach (var index in (int[])[0, 3_333, 7_777, 9_999]) kept.ShouldContain(index);
        Thinning.Of([1, 2, 3], 4).ShouldBe([0, 1, 2]);
        Thinning.Of([], 4).ShouldBeEmpty();
    }

    private static IReadOnlyList<DailyResult> Days(params decimal[] returns) => Days(new DateOnly(2024, 1, 2), returns);

    private static List<DailyResult> Days(DateOnly first, params decimal[] returns)
    {
        var days = new List<DailyResult>();
        foreach (var r in returns)
        {
            var start = days.Count == 0 ? 1000m : days[^1].EndEquity;
            days.Add(new(first.AddDays(days.Count), start, 0m, start * (1m + r), 0m, Settled: true));
        }

        return days;
    }
}
