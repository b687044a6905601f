using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>Where an account's orders go.</summary>
public enum VenueKind
{
    Simulated,

    /// <summary>The trader's own program beside CTP, 极星 or another counter.</summary>
    Bridge,
}

/// <summary>One account of the trader (table <c>accounts</c>).</summary>
public sealed record Account
{
    public required AccountId Id { get; init; }

    /// <summary>The venue's own id, accepted wherever <c>account_id</c> is.</summary>
    public string? ExternalId { get; init; }
    public required string Name { get; init; }
    public required VenueKind Venue { get; init; }
    public required Currency Currency { get; init; }

    /// <summary>The source its rules hear.</summary>
    public required SourceName Source { get; init; }

    /// <summary>True for the demo: shown with a DEMO band.</summary>
    public bool IsDemo { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>紧急停止: since when it takes no new exposure; null: it does.</summary>
    public TradingHalt? Halt { get; init; }

    /// <summary>Since when it hears and takes nothing; null: it is open. Its history stays.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
    public bool IsClosed => ClosedAt is not null;
}

/// <summary>An emergency stop that was not resumed yet.</summary>
/// <param name="At">By the machine's clock, on every account.</param>
/// <param name="Reason">The trader's words, or that there were none.</param>
public sealed record TradingHalt(DateTimeOffset At, string Reason);

/// <summary>入金 (positive) or 出金 (negative).</summary>
public sealed record CashFlow
{
    public required Guid Id { get; init; }
    public required AccountId AccountId { get; init; }
    public required Money Amount { get; init; }
    public required DateOnly TradingDay { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public string? Note { get; init; }
}

/// <summary>Funds of an account at one instant. Identities: <c>Equity = Deposits + RealisedPnl + FloatingPnl − Fees</c> (逐笔) and
/// <c>Equity = StaticEquity + ClosePnlToday + HoldingPnl − FeesToday + net cash flow today</c> (逐日); <c>Available = Equity − Margin − FrozenMargin − FrozenFees</c>.</summary>
public sealed record Funds
{
    public required AccountId AccountId { get; init; }
    public required Currency Currency { get; init; }
    public required DateOnly? TradingDay { get; init; }
    public required decimal Deposits { get; init; }
    public required decimal RealisedPnl { get; init; }
    public required decimal Fees { get; init; }

    /// <summary>浮动盈亏 (逐笔) of all lots; null when a mark or an open price is unknown.</summary>
    public required decimal? FloatingPnl { get; init; }

    /// <summary>昨结权益.</summary>
    public required decimal StaticEquity { get; init; }

    /// <summary>平仓盈亏 (逐日) of the trading day.</summary>
    public required decimal ClosePnlToday { get; init; }

    /// <summary>持仓盈亏 (盯市); null when unknown.</summary>
    public required decimal? HoldingPnl { get; init; }
    public required decimal FeesToday { get; init; }
    public required decimal CashFlowToday { get; init; }

    /// <summary>动态权益; null when unknown.</summary>
    public required decimal? Equity { get; init; }
    public required decimal Margin { get; init; }
    public required decimal FrozenMargin { get; init; }
    public required decimal FrozenFees { get; init; }
    public required decimal? Available { get; init; }

    /// <summary>风险度 = margin ÷ equity, as a ratio; null when unknown or equity ≤ 0.</summary>
    public required decimal? RiskRatio { get; init; }
}
