using System.Globalization;
using QuantDash.Core.Performance;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Accounts;

/// <summary>One line of the statistics: a number as text, "—" where it is not known.</summary>
/// <param name="Name">Key of its words; its explanation is the key with Text.</param>
/// <param name="Toned">Coloured by the sign of this; null: not.</param>
public sealed record StatisticLine(string Name, string Text, decimal? Toned = null)
{
    public static IReadOnlyList<StatisticLine> Of(PerformanceReport report, double? exposure) =>
    [
        Share("TotalReturn", report.TotalReturn, signed: true),
        Share("AnnualReturn", report.AnnualReturn, signed: true),
        Share("Volatility", report.AnnualVolatility),
        Share("MaxDrawdown", report.MaxDrawdown),
        Ratio("Sharpe", report.Sharpe),
        Ratio("Sortino", report.Sortino),
        Ratio("Calmar", report.Calmar),
        new("Days", $"{report.WinningDays} / {report.LosingDays} / {report.Days}"),
        Amount("BestDay", report.BestDay),
        Amount("WorstDay", report.WorstDay),
        new("ClosedTrades", report.Trades.Count.ToString(CultureInfo.CurrentCulture)),
        new("WinRate", Figures.Percent(report.Trades.WinRate, 1)),
        Ratio("ProfitFactor", (double?)report.Trades.ProfitFactor),
        Amount("AverageWin", report.Trades.AverageWin),
        Amount("AverageLoss", report.Trades.AverageLoss),
        Amount("Expectancy", report.Trades.Expectancy),
        new("LosingRun", report.Trades.LongestLosingRun.ToString(CultureInfo.CurrentCulture)),
        Share("Exposure", exposure),
    ];

    private static StatisticLine Share(string name, double? ratio, bool signed = false) => new(name, Figures.Percent((decimal?)ratio, 2, signed), signed ? (decimal?)ratio : null);

    private static StatisticLine Ratio(string name, double? ratio) => new(name, Figures.Number((decimal?)ratio, 2));

    private static StatisticLine Amount(string name, decimal? amount) => new(name, Figures.Number(amount, 2, signed: true), amount);
}
