using QuantDash.Core.Performance;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting;

/// <summary>What a run came to. Money exact; between bookings the equity of a bar is a double that equals the books to the cent.</summary>
public sealed record BacktestResult
{
    public required StrategyDefinition Definition { get; init; }
    public required ParameterValues Values { get; init; }
    public required BacktestMarket Market { get; init; }
    public required BacktestBars Bars { get; init; }
    public required BacktestOptions Options { get; init; }

    /// <summary>At the last close, with what is still held.</summary>
    public required decimal FinalEquity { get; init; }

    /// <summary>One for each trading day, at its settlement.</summary>
    public required IReadOnlyList<DailyResult> Days { get; init; }

    /// <summary>Round trips, in the order they were closed; empty without detail.</summary>
    public required IReadOnlyList<BacktestTrade> Trades { get; init; }

    /// <summary>How many round trips there were, with detail or without.</summary>
    public required int RoundTrips { get; init; }

    /// <summary>All orders in the order they were placed; empty without detail.</summary>
    public required IReadOnlyList<BacktestOrder> Orders { get; init; }

    /// <summary>What was held after each fill; empty without detail.</summary>
    public required IReadOnlyList<PositionChange> Positions { get; init; }
    public required IReadOnlyList<BacktestLogLine> Log { get; init; }

    /// <summary>At the close of each bar; empty without detail.</summary>
    public required double[] Equity { get; init; }

    /// <summary>What was still held at the end.</summary>
    public required StrategyLeg OpenLong { get; init; }
    public required StrategyLeg OpenShort { get; init; }
    public required BacktestCosts Costs { get; init; }

    /// <summary>Of closed lots against their open prices, before costs.</summary>
    public required decimal Realised { get; init; }

    /// <summary>Σ price × volume × multiplier of all fills.</summary>
    public required decimal Turnover { get; init; }
    public required int Fills { get; init; }

    /// <summary>≤ 0, of the equity at each close.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>In money, ≤ 0.</summary>
    public required double MaxDrawdownMoney { get; init; }

    /// <summary>Bars at whose close something was held.</summary>
    public required int BarsInMarket { get; init; }

    /// <summary>Settlements at which available funds were below zero.</summary>
    public required int MarginCalls { get; init; }

    /// <summary>When equity was gone; null: it never was.</summary>
    public required DateTimeOffset? RuinedAt { get; init; }

    public decimal Pnl => FinalEquity - Options.Cash;

    public double Exposure => Bars.Count == 0 ? 0 : (double)BarsInMarket / Bars.Count;

    /// <summary>Round trips by their net result, days by their returns. Needs the detail.</summary>
    public PerformanceReport Report() => PerformanceReport.Of(Days, TradeStatistics.Of([.. Trades.Select(trade => new ClosedTrade(Bars.EndOf(trade.ExitBar), trade.Pnl, trade.Fee))]));
}

/// <summary>What was held once a fill within a bar was booked, in steps of the contract.</summary>
public readonly record struct PositionChange(int Bar, long LongSteps, long ShortSteps);

/// <summary>What trading cost.</summary>
/// <param name="Slippage">Against the prices of the bars; already in the prices of the trades.</param>
/// <param name="Funding">Paid; below zero: received.</param>
public sealed record BacktestCosts(decimal Fees, decimal Slippage, decimal Funding)
{
    public decimal Total => Fees + Slippage + Funding;
}
