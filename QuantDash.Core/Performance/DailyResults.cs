namespace QuantDash.Core.Performance;

/// <summary>The days of an account in order, made whole and summed up.</summary>
public static class DailyResults
{
    /// <summary>Days on which an account stood still leave no record, but they are days all the same: without them every ratio would be that of
    /// busy days only. Each missing trading day between the first and the last gets a result of nothing.</summary>
    public static IReadOnlyList<DailyResult> WithIdleDays(IEnumerable<DailyResult> days, Func<DateOnly, bool> isTradingDay)
    {
        var whole = new List<DailyResult>();
        foreach (var day in days.OrderBy(d => d.Day))
        {
            if (whole.Count > 0)
            {
                var equity = whole[^1].EndEquity;
                for (var idle = whole[^1].Day.AddDays(1); idle < day.Day; idle = idle.AddDays(1))
                    if (isTradingDay(idle)) whole.Add(new(idle, equity, 0, equity, 0, Settled: true));
            }
            whole.Add(day);
        }
        return whole;
    }

    /// <summary>Results of each month, in order.</summary>
    public static IReadOnlyList<MonthlyResult> ByMonth(IEnumerable<DailyResult> days) =>
    [
        .. days.GroupBy(d => (d.Day.Year, d.Day.Month)).OrderBy(m => m.Key).Select(m => new MonthlyResult(
            m.Key.Year, m.Key.Month, m.Sum(d => d.Pnl), (decimal)ReturnStatistics.TotalReturn(m.Select(d => (double)(d.Return ?? 0))), m.Sum(d => d.NetCashFlow), m.Sum(d => d.Fees),
            m.Count(d => d.Pnl > 0), m.Count(d => d.Pnl < 0))),
    ];
}

/// <param name="Return">Daily returns compounded.</param>
public sealed record MonthlyResult(int Year, int Month, decimal Pnl, decimal Return, decimal NetCashFlow, decimal Fees, int WinningDays, int LosingDays);
