using QuantDash.Core.Performance;

namespace QuantDash.Tests.Core.Performance;

public sealed class DailyResultsTests
{
    private static readonly DateOnly Monday = new(2026, 11, 16);

    [Fact]
    public void Day_WithCash_CountsItNeitherAsGainNorAsLoss()
    {
        var paidIn = new DailyResult(Monday, 1_000_000m, 500_000m, 1_515_000m, 120m, Settled: true);
        paidIn.Pnl.ShouldBe(15_000m);
        paidIn.Return.ShouldBe(0.01m, "what came in could be lost too");

        var takenOut = new DailyResult(Monday, 1_000_000m, -500_000m, 510_000m, 0m, Settled: true);
        takenOut.Pnl.ShouldBe(10_000m);
        takenOut.Return.ShouldBe(0.01m, "what went out was at risk until then");

        new DailyResult(Monday, 0m, 0m, 0m, 0m, Settled: true).Return.ShouldBeNull();
    }

    [Fact]
    public void IdleDays_BetweenFirstAndLast_AreDaysOfNothing()
    {
        var days = DailyResults.WithIdleDays(
            [new(Monday.AddDays(7), 1_100m, 0m, 1_000m, 1m, Settled: false), new(Monday, 1_000m, 0m, 1_100m, 2m, Settled: true)], day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

        days.Select(d => d.Day.Day).ShouldBe([16, 17, 18, 19, 20, 23]);
        days.Select(d => d.Pnl).ShouldBe([100m, 0m, 0m, 0m, 0m, -100m]);
        days[2].EndEquity.ShouldBe(1_100m);
    }

    [Fact]
    public void Months_AreSumsOfTheirDays_AndCompoundedReturns()
    {
        var months = DailyResults.ByMonth(
        [
            new(new(2026, 10, 30), 1_000m, 0m, 1_100m, 1m, Settled: true),
            new(new(2026, 11, 2), 1_100m, 100m, 1_320m, 2m, Settled: true),
            new(new(2026, 11, 3), 1_320m, 0m, 1_188m, 3m, Settled: true),
            new(new(2026, 11, 4), 1_188m, 0m, 1_188m, 0m, Settled: true),
        ]);

        months.Select(m => (m.Year, m.Month, m.Pnl, m.NetCashFlow, m.Fees, m.WinningDays, m.LosingDays)).ShouldBe([(2026, 10, 100m, 0m, 1m, 1, 0), (2026, 11, -12m, 100m, 5m, 1, 1)]);
        months[1].Return.ShouldBe(1.1m * 0.9m - 1m, 1e-12m);
    }

    [Fact]
    public void Report_OfThreeDays_SaysItSaysLittle()
    {
        var days = new List<DailyResult>
        {
            new(Monday, 1_000m, 0m, 1_010m, 1m, Settled: true), new(Monday.AddDays(1), 1_010m, 0m, 999.9m, 1m, Settled: true), new(Monday.AddDays(2), 999.9m, 0m, 1_009.899m, 1m, Settled: true),
        };
        var at = DateTimeOffset.UnixEpoch;
        var report = PerformanceReport.Of(days, TradeStatistics.Of([new(at, 20m, 1m), new(at, -5m, 1m), new(at, -3m, 1m), new(at, 0m, 1m)]));

        report.SaysLittle.ShouldBeTrue();
        (report.Days, report.WinningDays, report.LosingDays, report.BestDay, report.WorstDay, report.Fees).ShouldBe((3, 2, 1, 10m, -10.1m, 3m));
        report.MaxDrawdown!.Value.ShouldBe(-0.01, 1e-9);
        report.TotalReturn!.Value.ShouldBe(0.009899, 1e-9);
        report.Trades.ShouldBe(new TradeStatistics
        {
            Count = 4, Wins = 1, Losses = 3, AverageWin = 19m, AverageLoss = -11m / 3m, ProfitFactor = 19m / 11m, Expectancy = 2m, LargestWin = 19m, LargestLoss = -6m, LongestLosingRun = 3,
        });
        report.Trades.WinRate.ShouldBe(0.25m);
    }

    [Fact]
    public void Report_OfNothing_KnowsNothing()
    {
        var report = PerformanceReport.Of([], TradeStatistics.Of([]));

        (report.Sharpe, report.MaxDrawdown, report.AnnualReturn, report.BestDay).ShouldBe((null, null, null, null));
        (report.Trades.WinRate, report.Trades.ProfitFactor, report.Trades.WinToLoss).ShouldBe((null, null, null));
    }
}
