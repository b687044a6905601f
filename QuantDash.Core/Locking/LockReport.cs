using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>Whether locking was better than closing. <see cref="AboutEqual"/>: by no more than the fees of the lock.</summary>
public enum LockVerdict { Beat, AboutEqual, Worse }

/// <summary>Why something of a lock cannot be known.</summary>
public enum LockReportGap
{
    /// <summary>Its lots were closed by something else than its own unlocks: nobody can say which trade ended which.</summary>
    ClosedElsewhere,

    /// <summary>It was broken and a lot was opened again for it.</summary>
    Mended,

    /// <summary>The trades that are recorded do not add up to it.</summary>
    TradesMissing,

    /// <summary>A pair that was there already: when, and at what fee, it was locked was not told.</summary>
    Adopted,

    /// <summary>How much of the leg was of that day, on an exchange where that changes the fee of closing.</summary>
    AgeUnknown,

    /// <summary>An open price, or the price now, is not known.</summary>
    NoPrice,
}

/// <summary>What one lock brought against closing the leg at the instant of locking, and against holding it without a lock. Sums are in the contract's
/// currency; null is unknown, never zero.</summary>
/// <remarks>A leg that an unlock lets go without closing it ends with the first close on its side after that (equity is the same whichever lot goes), at the
/// price of the next lock on it, or now. The result of the lock leg is what locking gave over holding; what both legs made together after the lock is what it
/// gave over closing.</remarks>
public sealed record LockReportItem
{
    public required PositionLock Lock { get; init; }
    public required Currency Currency { get; init; }

    /// <summary>All that was ever locked.</summary>
    public required Volume Volume { get; init; }

    /// <summary>When it let go of the last of it; null while it holds something.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
    public required TimeSpan Age { get; init; }

    /// <summary>The leg's profit at the instant of locking, before fees.</summary>
    public required decimal? FrozenProfit { get; init; }

    /// <summary>Charged for opening the lock and for closing what was closed of both legs.</summary>
    public required decimal? FeesPaid { get; init; }

    /// <summary>What closing the rest would cost now.</summary>
    public required decimal? FeesToCome { get; init; }

    /// <summary>逐笔平仓盈亏 of what its unlocks closed, before fees.</summary>
    public required decimal? RealisedProfit { get; init; }

    /// <summary>What both legs made together after the lock, before fees: 0 for as long as both stand.</summary>
    public required decimal? MadeAfterwards { get; init; }

    /// <summary>After fees, from the open price of the leg on; the fee of opening the leg is in none of the three.</summary>
    public required decimal? LockResult { get; init; }
    public required decimal? CloseResult { get; init; }
    public required decimal? HoldResult { get; init; }
    public required decimal? AgainstClosing { get; init; }
    public required decimal? AgainstHolding { get; init; }

    /// <summary>Margin that the pair tied up × days, at the lock's price and the rates of its day; closing would have freed it.</summary>
    public required decimal? MarginDays { get; init; }

    /// <summary>Null when <see cref="AgainstClosing"/> is unknown.</summary>
    public required LockVerdict? Verdict { get; init; }

    /// <summary>Why <see cref="AgainstClosing"/> or <see cref="AgainstHolding"/> is unknown; null when both are known.</summary>
    public required LockReportGap? Gap { get; init; }

    public bool IsEnded => EndedAt is not null;

    public decimal? Fees => FeesPaid + FeesToCome;
}
