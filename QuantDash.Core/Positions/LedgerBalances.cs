using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>The sums of an account's ledger that are not in its lots: what is stored after every booking and loaded at start.</summary>
public sealed record LedgerBalances
{
    public required AccountId AccountId { get; init; }
    public required Currency Currency { get; init; }

    /// <summary>The trading day the "today" sums belong to; null before the first booking.</summary>
    public DateOnly? TradingDay { get; init; }

    /// <summary>Σ cash flow since the beginning.</summary>
    public decimal Deposits { get; init; }

    /// <summary>逐笔平仓盈亏 since the beginning.</summary>
    public decimal RealisedPnl { get; init; }
    public decimal Fees { get; init; }

    /// <summary>昨结权益: equity after the last settlement.</summary>
    public decimal StaticEquity { get; init; }
    public decimal CashFlowToday { get; init; }

    /// <summary>逐日平仓盈亏 of the day.</summary>
    public decimal ClosePnlToday { get; init; }
    public decimal FeesToday { get; init; }
}

/// <summary>What one fill did to the books.</summary>
public sealed record FillAccounting
{
    /// <summary>Fee of the line, rounded to the cent.</summary>
    public required decimal Fee { get; init; }

    /// <summary>平仓盈亏 against open price (逐笔); null for an opening fill or an unknown open price.</summary>
    public decimal? RealisedPnl { get; init; }

    /// <summary>平仓盈亏 against the mark basis (逐日).</summary>
    public decimal? ClosePnl { get; init; }
}

/// <summary>Daily settlement of one account: the statement's totals.</summary>
public sealed record AccountSettlement
{
    public required AccountId AccountId { get; init; }
    public required DateOnly TradingDay { get; init; }
    public required DateTimeOffset SettledAt { get; init; }
    public required Funds Funds { get; init; }

    /// <summary>What was held; null for a day that was settled before this was kept.</summary>
    public IReadOnlyList<SettledPosition>? Positions { get; init; }
}
