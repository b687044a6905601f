using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>What an unlock would do, shown before it is confirmed. Figures after the fill are those the books show when each leg is closed at its
/// <see cref="UnlockLegPreview.ExpectedPrice"/>; null where a price they need is unknown.</summary>
public sealed record UnlockPreview
{
    public required UnlockRequest Request { get; init; }
    public required Contract Contract { get; init; }

    /// <summary>Volume of each leg that would be let go.</summary>
    public required Volume Volume { get; init; }

    /// <summary>What the locks in question hold on each side, this volume included.</summary>
    public required Volume Locked { get; init; }

    /// <summary>The orders that would go out, one after another.</summary>
    public required IReadOnlyList<UnlockPart> Parts { get; init; }

    /// <summary>The legs that would be closed.</summary>
    public required IReadOnlyList<UnlockLegPreview> Legs { get; init; }

    /// <summary>逐笔平仓盈亏 of what is closed, before fees.</summary>
    public required decimal? RealisedProfit { get; init; }
    public required decimal? FeeNow { get; init; }

    /// <summary>The same fee on a later day, when every lot is an older one, at the same prices.</summary>
    public required decimal? FeeLater { get; init; }

    /// <summary>From when on it is that fee, on the account's clock; null when not known.</summary>
    public DateTimeOffset? LaterFrom { get; init; }

    /// <summary>Frozen profit of the locks before and after, before fees.</summary>
    public required decimal? FrozenBefore { get; init; }
    public required decimal? FrozenAfter { get; init; }
    public required PreviewState Before { get; init; }
    public required PreviewState? After { get; init; }

    /// <summary>Closing one leg of a locked pair adds exposure: |long − short| grows.</summary>
    public required bool AddsExposure { get; init; }

    /// <summary>Whether available funds stay at zero or above; null when unknown.</summary>
    public required bool? IsCovered { get; init; }

    /// <summary>The three ways to unlock, and to stay locked, side by side.</summary>
    public required IReadOnlyList<UnlockChoice> Choices { get; init; }
    public required IReadOnlyList<UnlockLadderRow> Ladder { get; init; }
}

/// <summary>One leg that would be closed.</summary>
public sealed record UnlockLegPreview
{
    public required Side Leg { get; init; }
    public required OrderSide OrderSide { get; init; }

    /// <summary>What the opposing side shows; null: any volume, or no quote.</summary>
    public required Volume? DisplayedVolume { get; init; }
    public required Price? ExpectedPrice { get; init; }
    public required bool WouldRest { get; init; }

    /// <summary>How much worse than the last price, in ticks; negative: better.</summary>
    public required decimal? SlippageTicks { get; init; }
}

public enum UnlockChoiceKind { CloseLong, CloseShort, CloseBoth, KeepLocked }

/// <summary>One of the things to do with the locked volume asked about.</summary>
public sealed record UnlockChoice
{
    public required UnlockChoiceKind Kind { get; init; }

    /// <summary>Realised, before fees; of the pair that stays locked what is frozen.</summary>
    public required decimal? Profit { get; init; }
    public required decimal? FeeNow { get; init; }

    /// <summary>Fees still to come until it is flat, on a later day at the last price.</summary>
    public required decimal? FeeLater { get; init; }
    public required PreviewState? After { get; init; }
    public decimal? FeesTogether => FeeNow + FeeLater;
}
