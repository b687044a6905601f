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
        if (slot.Lane.PriceFor(slot.Rule.PriceSource, slot.Rule.Direction) is not { } now || LevelOf(trigger, slot) is not { } level) return false;
        var isGain = trigger.Condition is ConditionKind.Profit or ConditionKind.Price;
        return isGain == (slot.Rule.Direction == Side.Long) ? now >= level : now <= level;
    }

    private static long? LevelOf(LockTrigger trigger, RuleSlot slot)
    {
        var (rule, contract, stagesBefore) = (slot.Rule, slot.Lane.Contract, Math.Max(0, trigger.Stage - 1));
        return trigger.Condition switch
        {
            ConditionKind.Stop => RuleConditions.StopLevel(rule, contract),
            ConditionKind.Price => RuleConditions.PriceLevel(rule, contract, stagesBefore),
            ConditionKind.Profit => RuleConditions.ProfitLevel(rule, contract, slot.ProfitLeg(), stagesBefore),
            ConditionKind.Trailing => TrailingLevel(slot),
            _ => contract.TryTicks(trigger.TriggerPrice, out var then) ? then : null,
        };
    }

    private static long? TrailingLevel(RuleSlot slot)
    {
        if (slot.State.HighWaterTicks is not (> 0 and var best) || RuleConditions.Trailing(slot.Rule, slot.Lane.Contract, best, awake: true, slot.State.TrailingDistanceTicks) is not { } trailing) return null;
        var sign = slot.Rule.Direction.Sign();
        return TrailingGroup.LevelFor(trailing, best * sign) * sign;
    }
}
