using QuantDash.Core.Backtesting;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Markets.History.Adjustment;

namespace QuantDash.Web.Features.Backtests;

public enum SlippageKind
{
    /// <summary>Always so many ticks.</summary>
    Ticks,

    /// <summary>Half of a spread of so many ticks.</summary>
    Spread,

    /// <summary>0 to so many ticks, drawn from the seed.</summary>
    Drawn,

    /// <summary>price × so much × (share of the bar's volume)².</summary>
    Volume,
}

/// <summary>What a backtest runs over.</summary>
public enum BacktestBasis
{
    /// <summary>Stored bars: quick, and how a bar went within is an assumption.</summary>
    Bars,

    /// <summary>Recorded ticks, through the trading engine itself.</summary>
    Ticks,
}

/// <summary>Everything that makes a backtest what it is: the same request on the same bars gives the same result.</summary>
public sealed record BacktestRequest
{
    public required string Strategy { get; init; }

    /// <summary>As texts by name; what is left out keeps its default.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
    public required string Symbol { get; init; }
    public BacktestBasis On { get; init; }

    /// <summary>Null: the only one that has it.</summary>
    public string? Source { get; init; }

    /// <summary>Null: the only one that is stored. Made of shorter bars where it is not stored itself.</summary>
    public string? Timeframe { get; init; }

    /// <summary>First trading day; null: of the first bar.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last trading day; null: of the last bar.</summary>
    public DateOnly? To { get; init; }
    public AdjustmentDirection Adjustment { get; init; }

    /// <summary>How rolls are taken out.</summary>
    public AdjustmentMethod Method { get; init; }
    public decimal Cash { get; init; } = 1_000_000m;

    /// <summary>Share of the value of every fill; null: the contract's own fees.</summary>
    public decimal? Commission { get; init; }
    public SlippageKind Slippage { get; init; }
    public decimal SlippageAmount { get; init; }
    public FillTiming Fill { get; init; }
    public BarPath Path { get; init; }
    public LimitFill LimitFill { get; init; }
    public decimal? VolumeShare { get; init; }
    public bool PriceLimits { get; init; } = true;
    public long Seed { get; init; } = 1;

    /// <summary>Of a perpetual: share of the price that longs pay shorts at each of <see cref="BacktestFunding.Hours"/>; null: none, or as <see cref="Funding"/> says.</summary>
    public decimal? FundingRate { get; init; }

    /// <summary>Of a perpetual, payment by payment; null: none, or as <see cref="FundingRate"/> says.</summary>
    public IReadOnlyList<FundingRate>? Funding { get; init; }

    /// <summary>Over ticks: how long an order is on its way, in milliseconds.</summary>
    public decimal LatencyMs { get; init; }

    /// <summary>Over ticks: at most so much longer, drawn from the seed.</summary>
    public decimal JitterMs { get; init; }

    /// <summary>Over ticks: trading never pauses; null: as the source says.</summary>
    public bool? SessionsAlways { get; init; }

    /// <summary>Over ticks: no contract expires; null: as the source says.</summary>
    public bool? ExpiryNone { get; init; }

    /// <summary>Null: one run.</summary>
    public SweepRequest? Sweep { get; init; }
}

/// <summary>A run for each pair of two parameters' values.</summary>
public sealed record SweepRequest(SweepAxis X, SweepAxis Y);

public enum BacktestState
{
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,

    /// <summary>The program ended while it ran: nothing of it was kept, and it does not begin again by itself.</summary>
    Interrupted,
}

/// <summary>A backtest as the list has it.</summary>
public sealed record BacktestRecord
{
    public required Guid Id { get; init; }
    public required BacktestRequest Request { get; init; }
    public required BacktestState State { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Of bars that were worked on; before it began null.</summary>
    public int? Bars { get; init; }

    /// <summary>Of a run over ticks: how many were played; null before it is done.</summary>
    public int? Ticks { get; init; }

    /// <summary>How many of them the engine did not take.</summary>
    public int? TicksRefused { get; init; }

    public ContractTaken Taken { get; init; }

    /// <summary>Null before it is done, and for a sweep.</summary>
    public BacktestStatistics? Statistics { get; init; }

    /// <summary>Of a sweep: how many pairs ran.</summary>
    public int? Pairs { get; init; }
    public bool IsOver => State is not (BacktestState.Waiting or BacktestState.Running);
}
