using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>What an order would do, shown before it is confirmed (PEERS.md 4.1). Figures after the fill are those the books show when the planned volume is
/// filled at <see cref="ExpectedPrice"/>; null where a price they need is unknown.</summary>
public sealed record OrderPreview
{
    public required OrderRequest Request { get; init; }
    public required Contract Contract { get; init; }
    public required OrderSide OrderSide { get; init; }

    /// <summary>The orders that would go out, in this order.</summary>
    public required IReadOnlyList<PlannedOffset> Offsets { get; init; }

    /// <summary>Sum of <see cref="Offsets"/>: less than asked for when a close finds less that is free to close.</summary>
    public required Volume PlannedVolume { get; init; }

    /// <summary>What the opposing side shows; null: any volume, or no quote.</summary>
    public required Volume? DisplayedVolume { get; init; }

    /// <summary>Average of the displayed volume at its price and the rest at the limit (a market order: at the displayed price too); the limit itself for an
    /// order that would rest; null without a quote, and where nothing would be filled.</summary>
    public required Price? ExpectedPrice { get; init; }

    /// <summary>The best opposing price is worse than the limit, or there is none: it would wait. Never true of an order that is cancelled instead.</summary>
    public required bool WouldRest { get; init; }

    /// <summary>What of an order that never waits is expected to fill, the rest being cancelled; null for a day order, and without a quote. Figures after the fill are those of this volume.</summary>
    public Volume? FillsAtOnce { get; init; }

    /// <summary>How much worse than the last price it is expected to trade, in ticks; negative: better.</summary>
    public required decimal? SlippageTicks { get; init; }

    /// <summary>The P&amp;L that a lock freezes, before fees, counted on the free lots it would bind; null for other purposes or an unknown price.</summary>
    public required decimal? FrozenProfit { get; init; }

    /// <summary>The same in ticks a unit of volume.</summary>
    public required decimal? FrozenTicks { get; init; }
    public required PreviewState Before { get; init; }
    public required PreviewState? After { get; init; }

    /// <summary>What the venue holds back before the fill: full-leg margin, without single-side relief, and fee.</summary>
    public required decimal? FreezeMargin { get; init; }
    public required decimal? FreezeFee { get; init; }

    /// <summary>Whether available funds cover the freeze; null when either is unknown.</summary>
    public required bool? FreezeIsCovered { get; init; }
    public required decimal? FeeNow { get; init; }

    /// <summary>Fee of undoing it on the same trading day: closing what it opened, and for a lock both legs.</summary>
    public required decimal? UnwindFeeToday { get; init; }

    /// <summary>The same on a later day, when every lot is an older one, at today's price.</summary>
    public required decimal? UnwindFeeLater { get; init; }

    /// <summary>Lock, close now and do nothing side by side; empty for an order that opens.</summary>
    public required IReadOnlyList<PreviewChoice> Choices { get; init; }
}

/// <summary>An account and one contract's exposure at one moment.</summary>
public sealed record PreviewState
{
    public required decimal? Equity { get; init; }
    public required decimal Margin { get; init; }

    /// <summary>Margin if both sides of everything were charged.</summary>
    public required decimal MarginWithoutRelief { get; init; }
    public required decimal? Available { get; init; }
    public required decimal? RiskRatio { get; init; }

    /// <summary>Long less short of the contract.</summary>
    public required decimal NetVolume { get; init; }

    /// <summary>What one tick upwards changes, in money; 0 for a 1:1 lock.</summary>
    public required decimal MoneyPerTick { get; init; }
}

public enum PreviewChoiceKind { Lock, Close, Nothing }

/// <summary>One of the three things to do with the volume asked about.</summary>
public sealed record PreviewChoice
{
    public required PreviewChoiceKind Kind { get; init; }

    /// <summary>P&amp;L of the volume: frozen, realised, or still floating (then at the last price); before fees.</summary>
    public required decimal? Profit { get; init; }
    public required decimal? FeeNow { get; init; }

    /// <summary>Fees still to come until it is flat, on a later day.</summary>
    public required decimal? FeeLater { get; init; }
    public required PreviewState? After { get; init; }

    /// <summary>Margin it keeps tied up, each day it lasts, beyond what closing leaves.</summary>
    public decimal? MarginPerDay { get; init; }

    /// <summary>What a gap to the price limit against the contract's net position takes, 0 or less; null where no limit is known.</summary>
    public decimal? GapLoss { get; init; }

    /// <summary>What it costs to have the position again: fee and spread of closing the opposite leg later, or of opening anew.</summary>
    public decimal? ReturnCost { get; init; }
    public decimal? FeesTogether => FeeNow + FeeLater;
}
