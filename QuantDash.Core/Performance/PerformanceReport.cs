namespace QuantDash.Core.Performance;

/// <summary>How an account did over its days: ratios of daily returns (annualised over 252 days, riskless rate as given) and of its closing trades.</summary>
public sealed record PerformanceReport
{
    /// <summary>With fewer days than this the ratios say little.</summary>
    public const int FewDays = 20;

    public required int Days { get; init; }
    public required int WinningDays { get; init; }
    public required int LosingDays { get; init; }
    public required decimal Pnl { get; init; }
    public required decimal Fees { get; init; }
    public required decimal NetCashFlow { get; init; }
    public decimal? BestDay { get; init; }
    public decimal? WorstDay { get; init; }
    public double? TotalReturn { get; init; }
    public double? AnnualReturn { get; init; }
    public double? AnnualVolatility { get; init; }
    public double? Sharpe { get; init; }
    public double? Sortino { get; init; }

    /// <summary>≤ 0, of daily equity without cash flow.</summary>
    public double? MaxDrawdown { get; init; }
    public double? Calmar { get; init; }
    public double? Omega { get; init; }
    public required TradeStatistics Trades { get; init; }
    public bool SaysLittle => Days < FewDays;

    /// <param name="days">Whole, in order (<see cref="DailyResults.WithIdleDays"/>); days without a return are left out of the ratios.</param>
    /// <param name="riskFreeYear">Riskless return of a year.</param>
    public static PerformanceReport Of(IReadOnlyList<DailyResult> days, TradeStatistics trades, double riskFreeYear = 0)
    {
        var returns = days.Where(d => d.Return is not null).Select(d => (double)d.Return!.Value).ToList();
        var riskFree = Math.Pow(1 + riskFreeYear, 1.0 / ReturnStatistics.DaysOfYear) - 1;
        var any = returns.Count > 0;
        return new()
        {
            Days = days.Count,
            WinningDays = days.Count(d => d.Pnl > 0),
            LosingDays = days.Count(d => d.Pnl < 0),
            Pnl = days.Sum(d => d.Pnl),
            Fees = days.Sum(d => d.Fees),
            NetCashFlow = days.Sum(d => d.NetCashFlow),
            BestDay = days.Count == 0 ? null : days.Max(d => d.Pnl),
            WorstDay = days.Count == 0 ? null : days.Min(d => d.Pnl),
            TotalReturn = any ? ReturnStatistics.TotalReturn(returns) : null,
            AnnualReturn = ReturnStatistics.AnnualReturn(returns),
            AnnualVolatility = ReturnStatistics.AnnualVolatility(returns),
            Sharpe = ReturnStatistics.Sharpe(returns, riskFree),
            Sortino = ReturnStatistics.Sortino(returns, riskFree),
            MaxDrawdown = any ? ReturnStatistics.MaxDrawdown(returns) : null,
            Calmar = ReturnStatistics.Calmar(returns),
            Omega = ReturnStatistics.Omega(returns, riskFree),
            Trades = trades,
        };
    }
}
