using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>How far behind its best price a rule trails that goes by the average true range. Unknown is not zero: without bars the last known distance goes
/// on, and without one of those nothing fires.</summary>
internal static class TrailingRange
{
    /// <summary>A distance before there is one: the best price is followed, nothing fires.</summary>
    public const long OutOfReach = 1L << 40;

    public static bool Has(LockRule rule) => rule.TrailingMode == TrailingMode.Atr && RuleConditions.HasTrailing(rule);

    /// <summary>The bars such a rule goes by; following them begins when they are first asked for. Null: it does not go by any.</summary>
    public static RangeSeries? Series(RuleSlot slot) => Has(slot.Rule) ? slot.Lane.Follow(slot.Rule.AtrPeriod, slot.Rule.AtrTimeframe) : null;

    /// <summary>The rule's multiple of the average true range now, in ticks; null: not enough bars.</summary>
    public static long? Now(RuleSlot slot) => slot.Rule.TrailingDistance is { } multiples ? Series(slot)?.Distance(multiples) : null;

    /// <summary>What lies between the best price and the level that is kept: the range, but never more than it was on this way; null: none yet.</summary>
    public static long? Kept(RuleSlot slot)
    {
        var before = slot.State.TrailingDistanceTicks;
        if (Now(slot) is not { } now) return before;
        var isTrailing = slot.State.HighWaterTicks > 0 && (slot.State.TrailingActive || slot.Rule.TrailingActivation is null);
        return isTrailing && before < now ? before : now;
    }

    /// <summary>The level that was reached, where the range has grown since; null: best and distance alone say it.</summary>
    public static long? Floor(RuleSlot slot) =>
        slot.State is { HighWaterTicks: > 0 and var best, TrailingDistanceTicks: { } kept } && kept < Now(slot) ? best - (kept * slot.Rule.Direction.Sign()) : null;

    /// <summary>What lies between a new best price and the level on the board.</summary>
    /// <param name="level">Null: there is none.</param>
    public static long? Between(RuleSlot slot, long best, long? level) =>
        !Has(slot.Rule) || level is not { } known ? slot.State.TrailingDistanceTicks
        : Math.Abs(best - known) is var distance and < OutOfReach / 2 ? distance : null;
}
