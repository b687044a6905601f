using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>The level a firing was decided at, as it stands now: what could not be sent is compared with it again.</summary>
internal static class FiringLevels
{
    /// <summary>Whether the condition of a trigger holds at the lane's latest price; false when the tick has no such price.</summary>
    public static bool StillHolds(LockTrigger trigger, RuleSlot slot)
    {
        if (trigger.Condition == ConditionKind.Time) return true;
        if (slot.Lane.PriceFor(slot.Rule.PriceSource, slot.Rule.Direction) is not { } now) return false;
        return LevelOf(slot, trigger.Condition, Math.Max(0, trigger.Stage - 1)) is { } level && IsBeyond(slot.Rule.Direction, trigger.Condition, now, level);
    }

    /// <summary>Whether the stage after <paramref name="stagesBefore"/> others holds at the lane's latest price; false without one.</summary>
    public static bool HoldsNow(RuleSlot slot, ConditionKind kind, int stagesBefore) =>
        slot.Lane.HasTick && slot.Lane.PriceFor(slot.Rule.PriceSource, slot.Rule.Direction) is { } now
        && LevelOf(slot, kind, stagesBefore) is { } level && IsBeyond(slot.Rule.Direction, kind, now, level);

    /// <summary>The level that is watched now, in ticks; null when the condition has none.</summary>
    public static long? LevelNow(RuleSlot slot, ConditionKind kind) => LevelOf(slot, kind, slot.StagesTaken);

    public static bool IsBeyond(Side side, ConditionKind kind, long price, long level) =>
        (kind is ConditionKind.Profit or ConditionKind.Price) == (side == Side.Long) ? price >= level : price <= level;

    private static long? LevelOf(RuleSlot slot, ConditionKind kind, int stagesBefore)
    {
        var (rule, contract) = (slot.Rule, slot.Lane.Contract);
        return kind switch
        {
            ConditionKind.Stop => RuleConditions.StopLevel(rule, contract),
            ConditionKind.Price => RuleConditions.PriceLevel(rule, contract, stagesBefore),
            ConditionKind.Profit => RuleConditions.ProfitLevel(rule, contract, slot.ProfitLeg(), stagesBefore, slot.HeldMinutes),
            ConditionKind.Trailing => TrailingLevel(slot),
            _ => null,
        };
    }

    private static long? TrailingLevel(RuleSlot slot)
    {
        if (slot.State.HighWaterTicks is not (> 0 and var best) || RuleConditions.Trailing(slot.Rule, slot.Lane.Contract, best, awake: true, slot.State.TrailingDistanceTicks) is not { } trailing)
            return null;
        var sign = slot.Rule.Direction.Sign();
        return TrailingGroup.LevelFor(trailing, best * sign) * sign;
    }
}
