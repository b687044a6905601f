using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>What one opening trade left in a leg. Open price and mark-to-market basis are both kept: averaging is lossy (DOMAIN.md 2.4).</summary>
public sealed record Lot
{
    public required Guid Id { get; init; }
    public required AccountId AccountId { get; init; }
    public required Symbol Symbol { get; init; }
    public required Side Side { get; init; }

    /// <summary>The trading day it was opened on: a lot of the current trading day is "today", else "yesterday".</summary>
    public required DateOnly OpenedOn { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>开仓价; null when a snapshot did not tell it: then nothing that needs it is evaluated.</summary>
    public Price? OpenPrice { get; init; }

    /// <summary>盯市基准: open price for a lot of today, the previous settlement for an older one; null when unknown.</summary>
    public Price? MarkBasis { get; init; }

    /// <summary>What is left of it.</summary>
    public required Volume Volume { get; init; }

    /// <summary>How much of <see cref="Volume"/> belongs to locks: no source for other rules and outside their P&amp;L.</summary>
    public Volume LockedVolume { get; init; }

    /// <summary>How much of <see cref="Volume"/> has been charged as closed today already although older lots were closed: fees are counted
    /// today-first where positions are reduced first-in-first-out (DOMAIN.md 2.1). Back to zero at settlement.</summary>
    public Volume FeeTodayUsed { get; init; }

    public Volume FreeVolume => Volume.Minus(LockedVolume);

    /// <summary>今仓 or 昨仓 on <paramref name="tradingDay"/>; before the account's first trading day everything is of today.</summary>
    public LotAge AgeOn(DateOnly? tradingDay) => tradingDay is { } day && OpenedOn < day ? LotAge.Yesterday : LotAge.Today;
}
