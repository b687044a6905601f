using QuantDash.Core.Performance;

namespace QuantDash.Core.Backtesting.Reports;

/// <summary>The daily returns of a run and what is read out of them. Pure.</summary>
public static class DailyReturns
{
    /// <summary>Days without a return are left out.</summary>
    public static IReadOnlyList<double> Of(IReadOnlyList<DailyResult> days) => [.. days.Where(day => day.Return is not null).Select(day => (double)day.Return!.Value)];

    /// <summary>At each day the Sharpe ratio of the last <paramref name="window"/> returns up to it, annualised; null before there are so many, and where none differs.</summary>
    public static IReadOnlyList<double?> RollingSharpe(IReadOnlyList<DailyResult> days, int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 2);
        var sharpe = new double?[days.Count];
        var returns = days.Select(day => (double)(day.Return ?? 0m)).ToArray();
        for (var i = window - 1; i < returns.Length; i++) sharpe[i] = ReturnStatistics.Sharpe(new ArraySegment<double>(returns, i - window + 1, window));
        return sharpe;
    }

    /// <summary>Returns by month, a row a year; a month without trading days is null.</summary>
    public static IReadOnlyList<YearOfMonths> ByMonth(IReadOnlyList<DailyResult> days) =>
    [
        .. DailyResults.ByMonth(days).GroupBy(month => month.Year).OrderBy(year => year.Key).Select(year => new YearOfMonths(
            year.Key,
            [.. Enumerable.Range(1, 12).Select(number => year.FirstOrDefault(month => month.Month == number) is { } month ? (double?)month.Return : null)],
            ReturnStatistics.TotalReturn(year.Select(month => (double)month.Return)))),
    ];

    /// <summary>Each calendar year by itself: its own drawdown begins with it.</summary>
    /// <param name="trades">Counted in the year they were closed.</param>
    public static IReadOnlyList<YearResult> ByYear(IReadOnlyList<DailyResult> days, IReadOnlyList<ReportedTrade> trades) =>
    [
        .. days.GroupBy(day => day.Day.Year).OrderBy(year => year.Key).Select(year =>
        {
            var returns = Of([.. year]);
            return new YearResult(
                year.Key, year.Sum(day => day.Pnl), ReturnStatistics.TotalReturn(returns), ReturnStatistics.MaxDrawdown(returns), ReturnStatistics.Sharpe(returns), year.Sum(day => day.Fees),
                trades.Count(trade => trade.ExitDay.Year == year.Key));
        }),
    ];
}

/// <param name="Months">January to December.</param>
/// <param name="Total">Of the whole year.</param>
public sealed record YearOfMonths(int Year, IReadOnlyList<double?> Months, double Total);

/// <param name="MaxDrawdown">≤ 0, of daily equity.</param>
public sealed record YearResult(int Year, decimal Pnl, double Return, double MaxDrawdown, double? Sharpe, decimal Fees, int Trades);
