using QuantDash.Core.Backtesting.Reports;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Backtests;

/// <summary>One number of a report.</summary>
/// <param name="Name">Key of its text.</param>
internal sealed record StatisticRow(string Name, Func<BacktestStatistics, string> Text)
{
    /// <summary>In the order they are read, by the name of their group.</summary>
    public static IReadOnlyList<(string Group, IReadOnlyList<StatisticRow> Rows)> All { get; } =
    [
        ("GroupResult",
        [
            new("InitialCash", s => Figures.Number(s.InitialCash, 2)), new("FinalEquity", s => Figures.Number(s.FinalEquity, 2)), new("Pnl", s => Figures.Number(s.Pnl, 2, signed: true)),
            new("TotalReturn", s => Share(s.TotalReturn)), new("AnnualReturn", s => Share(s.AnnualReturn)), new("BenchmarkReturn", s => Share(s.BenchmarkReturn)),
        ]),
        ("GroupRisk",
        [
            new("MaxDrawdown", s => Share(s.MaxDrawdown)), new("MaxDrawdownMoney", s => Figures.Number((decimal)s.MaxDrawdownMoney, 2)), new("AnnualVolatility", s => Share(s.AnnualVolatility)),
            new("Sharpe", s => Ratio(s.Sharpe)), new("ProbabilisticSharpe", s => Share(s.ProbabilisticSharpe)), new("Sortino", s => Ratio(s.Sortino)), new("Calmar", s => Ratio(s.Calmar)), new("Omega", s => Ratio(s.Omega)),
            new("Skew", s => Ratio(s.Skew)), new("Kurtosis", s => Ratio(s.Kurtosis)), new("Exposure", s => Share(s.Exposure)), new("MarginCalls", s => Count(s.MarginCalls)),
        ]),
        ("GroupTrades",
        [
            new("Trades", s => Count(s.Trades)), new("Fills", s => Count(s.Fills)), new("WinRate", s => Figures.Percent(s.WinRate, 1)), new("ProfitFactor", s => Figures.Number(s.ProfitFactor, 2)),
            new("Expectancy", s => Figures.Number(s.Expectancy, 2, signed: true)), new("AverageWin", s => Figures.Number(s.AverageWin, 2)), new("AverageLoss", s => Figures.Number(s.AverageLoss, 2)),
            new("LargestWin", s => Figures.Number(s.LargestWin, 2)), new("LargestLoss", s => Figures.Number(s.LargestLoss, 2)), new("LongestLosingRun", s => Count(s.LongestLosingRun)),
        ]),
        ("GroupDays",
        [
            new("Days", s => Count(s.Days)), new("WinningDays", s => Count(s.WinningDays)), new("LosingDays", s => Count(s.LosingDays)), new("BestDay", s => Figures.Number(s.BestDay, 2, signed: true)),
            new("WorstDay", s => Figures.Number(s.WorstDay, 2, signed: true)),
        ]),
        ("GroupCosts",
        [
            new("Fees", s => Figures.Number(s.Fees, 2)), new("SlippageCost", s => Figures.Number(s.SlippageCost, 2)), new("Funding", s => Figures.Number(s.Funding, 2)),
            new("AllCosts", s => Figures.Number(s.Fees + s.SlippageCost + s.Funding, 2)), new("CostShare", s => Figures.Percent(s.RealisedPnl + s.SlippageCost is > 0 and var gross ? (s.Fees + s.SlippageCost + s.Funding) / gross : null, 1)),
            new("Turnover", s => Figures.Number(s.Turnover, 2)),
        ]),
    ];

    private static string Share(double? value) => Figures.Percent((decimal?)value);

    private static string Ratio(double? value) => Figures.Number((decimal?)value, 2);

    private static string Count(int value) => Figures.Number(value, 0);
}
