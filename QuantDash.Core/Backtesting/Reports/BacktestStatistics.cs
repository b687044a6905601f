
namespace QuantDash.Core.Backtesting.Reports;

/// <summary>What a run came to, in single numbers. Ratios are of daily returns, annualised over 252 days; null where there is too little to say it of.</summary>
public sealed record BacktestStatistics
{
    public required decimal InitialCash { get; init; }
    public required decimal FinalEquity { get; init; }
    public required decimal Pnl { get; init; }
    public double? TotalReturn { get; init; }
    public double? AnnualReturn { get; init; }
    public double? AnnualVolatility { get; init; }
    public double? Sharpe { get; init; }

    /// <summary>How likely the true Sharpe ratio is above zero.</summary>
    public double? ProbabilisticSharpe { get; init; }
    public double? Skew { get; init; }

    /// <summary>3 is normal.</summary>
    public double? Kurtosis { get; init; }
    public double? Sortino { get; init; }
    public double? Calmar { get; init; }
    public double? Omega { get; init; }

    /// <summary>≤ 0, of the equity at each bar's close.</summary>
    public required double MaxDrawdown { get; init; }
    public required double MaxDrawdownMoney { get; init; }

    /// <summary>Share of bars at whose close something was held.</summary>
    public required double Exposure { get; init; }
    public required int Days { get; init; }
    public required int WinningDays { get; init; }
    public required int LosingDays { get; init; }
    public decimal? BestDay { get; init; }
    public decimal? WorstDay { get; init; }
    public required int Fills { get; init; }

    /// <summary>Round trips.</summary>
    public required int Trades { get; init; }
    public required int Wins { get; init; }
    public required int Losses { get; init; }
    public decimal? WinRate { get; init; }
    public decimal? ProfitFactor { get; init; }
    public decimal? Expectancy { get; init; }
    public decimal? AverageWin { get; init; }
    public decimal? AverageLoss { get; init; }
    public decimal? LargestWin { get; init; }
    public decimal? LargestLoss { get; init; }
    public required int LongestLosingRun { get; init; }

    /// <summary>Of closed lots against their open prices, before costs.</summary>
    public required decimal RealisedPnl { get; init; }
    public required decimal Turnover { get; init; }
    public required decimal Fees { get; init; }

    /// <summary>Against the prices of the bars; already in the prices of the trades.</summary>
    public required decimal SlippageCost { get; init; }

    /// <summary>Paid; below zero: received.</summary>
    public required decimal Funding { get; init; }

    /// <summary>Of holding the contract without leverage or costs from the first open to the last close.</summary>
    public double? BenchmarkReturn { get; init; }
    public required int MarginCalls { get; init; }

    /// <summary>When equity was gone; null: it never was.</summary>
    public DateTimeOffset? RuinedAt { get; init; }

    /// <summary>Needs the detail of the run.</summary>
    public static BacktestStatistics Of(BacktestResult result)
    {
        var report = result.Report();
        var returns = DailyReturns.Of(result.Days);
        return new()
        {
            InitialCash = result.Options.Cash,
            FinalEquity = result.FinalEquity,
            Pnl = result.Pnl,
            TotalReturn = report.TotalReturn,
            AnnualReturn = report.AnnualReturn,
            AnnualVolatility = report.AnnualVolatility,
            Sharpe = report.Sharpe,
            ProbabilisticSharpe = Performance.ProbabilisticSharpe.Of(returns),
            Skew = Performance.ProbabilisticSharpe.Skew(returns),
            Kurtosis = Performance.ProbabilisticSharpe.Kurtosis(returns),
            Sortino = report.Sortino,
            Calmar = report.Calmar,
            Omega = report.Omega,
            MaxDrawdown = result.MaxDrawdown,
            MaxDrawdownMoney = result.MaxDrawdownMoney,
            Exposure = result.Exposure,
            Days = report.Days,
            WinningDays = report.WinningDays,
            LosingDays = report.LosingDays,
            BestDay = report.BestDay,
            WorstDay = report.WorstDay,
            Fills = result.Fills,
            Trades = report.Trades.Count,
            Wins = report.Trades.Wins,
            Losses = report.Trades.Losses,
            WinRate = report.Trades.WinRate,
            ProfitFactor = report.Trades.ProfitFactor,
            Expectancy = report.Trades.Expectancy,
            AverageWin = report.Trades.AverageWin,
            AverageLoss = report.Trades.AverageLoss,
            LargestWin = report.Trades.LargestWin,
            LargestLoss = report.Trades.LargestLoss,
            LongestLosingRun = report.Trades.LongestLosingRun,
            RealisedPnl = result.Realised,
            Turnover = result.Turnover,
            Fees = result.Costs.Fees,
            SlippageCost = result.Costs.Slippage,
            Funding = result.Costs.Funding,
            BenchmarkReturn = BuyAndHold.Return(result.Bars.Columns),
            MarginCalls = result.MarginCalls,
            RuinedAt = result.RuinedAt,
        };
    }
}
