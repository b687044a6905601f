using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>An armed rule in the board's terms: every live condition is a price level in whole ticks.</summary>
public sealed record BoardRule
{
    public required Guid RuleId { get; init; }

    /// <summary>Arming order; of several rules that fire on one tick and condition, the one armed first comes first.</summary>
    public required long Sequence { get; init; }
    public required Side Side { get; init; }
    public PriceSource PriceSource { get; init; }

    /// <summary>Consecutive ticks beyond a level before it fires, ≥ 1.</summary>
    public int ConfirmTicks { get; init; } = 1;

    /// <summary>Ticks that occurred before this instant are not seen by the rule: they neither fire it nor move its best price.</summary>
    public DateTimeOffset ArmedAt { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Long: fires at or below; short: at or above.</summary>
    public long? StopLevel { get; init; }

    /// <summary>Long: fires at or above; short: at or below.</summary>
    public long? ProfitLevel { get; init; }

    /// <inheritdoc cref="ProfitLevel"/>
    public long? PriceLevel { get; init; }
    public BoardTrailing? Trailing { get; init; }

    /// <summary>A condition that holds at the latest price must first be false before it can fire (a declined or expired firing); where no price
    /// is known, gains must and stop and trailing need not.</summary>
    public bool AwaitFalse { get; init; }
}

/// <summary>A trailing condition: fires when the price falls back (long; short: rises back) from its best by the distance.</summary>
public sealed record BoardTrailing
{
    /// <summary>Distance in ticks, ≥ 1; null when it is a ratio of the best price.</summary>
    public long? DistanceTicks { get; init; }

    /// <summary>Distance as a ratio of the best price, in (0, 1).</summary>
    public decimal? DistanceRatio { get; init; }

    /// <summary>Asleep until this price is reached in the leg's favour; null: awake.</summary>
    public long? ActivationLevel { get; init; }

    /// <summary>Best price so far in ticks; null: starts with the next tick.</summary>
    public long? Best { get; init; }

    /// <summary>A level the stop had reached before the distance grew; it holds until best and distance are beyond it. Null: none.</summary>
    public long? Floor { get; init; }
}

/// <summary>One condition of one rule held on a tick.</summary>
/// <param name="PriceTicks">The deciding price: the real one, after a gap not the level.</param>
/// <param name="LevelTicks">The level it was compared with.</param>
/// <param name="BestTicks">The best price the rule's trailing condition has seen, whatever fired; 0: it has none, or sleeps.</param>
/// <param name="TrailingTicks">The level that condition had reached; 0: none.</param>
public readonly record struct Firing(Guid RuleId, ConditionKind Kind, long PriceTicks, long LevelTicks, long BestTicks, long TrailingTicks = 0);
