using QuantDash.Core.Instruments;

namespace QuantDash.Core.Backtesting;

/// <summary>When a market order is filled.</summary>
public enum FillTiming
{
    /// <summary>At the open of the bar after the one that decided.</summary>
    NextOpen,

    /// <summary>At the close of the very bar that decided: a price nobody can still trade at once it is known. For comparison only.</summary>
    SameClose,
}

/// <summary>The order in which a bar is taken to have seen its prices.</summary>
public enum BarPath
{
    /// <summary>The extreme against the net position first: the low for long, the high for short or flat.</summary>
    Pessimistic,
    HighFirst,
    LowFirst,

    /// <summary>The extreme that is nearer to the open first; the high when both are as near.</summary>
    NearestFirst,
}

/// <summary>What a resting limit order needs to be filled.</summary>
public enum LimitFill
{
    /// <summary>A price beyond its own: whoever stood before it in the queue was filled too.</summary>
    Through,

    /// <summary>Its own price.</summary>
    Touch,
}

/// <summary>Everything assumed about a backtest that is neither strategy nor market.</summary>
public sealed record BacktestOptions
{
    /// <summary>Funds at the beginning, &gt; 0.</summary>
    public required decimal Cash { get; init; }
    public FillTiming Fill { get; init; } = FillTiming.NextOpen;
    public BarPath Path { get; init; } = BarPath.Pessimistic;
    public LimitFill LimitFill { get; init; } = LimitFill.Through;
    public SlippageModel Slippage { get; init; } = SlippageModel.None;

    /// <summary>Share of a bar's volume that all fills within it may take together, (0, 1]; null: no bound. What is left waits for the next bar.</summary>
    public decimal? VolumeShare { get; init; }

    /// <summary>Whether the contract's 涨跌停 hold, counted from the last settlement.</summary>
    public bool PriceLimits { get; init; } = true;

    /// <summary>Fees instead of the contract's own; null: its own.</summary>
    public FeeSchedule? Fees { get; init; }

    /// <summary>For what is drawn at random: the same seed gives the same run.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Keep orders, round trips, log and the equity of each bar; a sweep needs none of them.</summary>
    public bool KeepsDetail { get; init; } = true;
}

/// <summary>A funding payment of a perpetual: price × volume × <paramref name="Rate"/>, paid by longs to shorts when above zero.</summary>
public readonly record struct FundingRate(DateTimeOffset At, decimal Rate);

/// <summary>What is traded: a contract, its dated terms, and its funding.</summary>
public sealed record BacktestMarket
{
    public required Contract Contract { get; init; }
    public required Func<DateOnly, ContractTerms> TermsOn { get; init; }

    /// <summary>In order of time; empty for what knows no funding.</summary>
    public IReadOnlyList<FundingRate> Funding { get; init; } = [];

    /// <summary>A contract with its product's own terms.</summary>
    public static BacktestMarket Of(Contract contract) => new() { Contract = contract, TermsOn = contract.Product.TermsOn };
}
