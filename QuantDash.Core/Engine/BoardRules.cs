using QuantDash.Core.Locking;

namespace QuantDash.Core.Engine;

/// <summary>Puts a rule into the board's terms: the levels of those of its conditions that are to be watched now.</summary>
internal static class BoardRules
{
    /// <summary>Null when nothing of it is to be watched: every condition waits for a trigger of its own.</summary>
    public static BoardRule? Compile(RuleSlot slot, bool awaitFalse, DateTimeOffset? armedAt)
    {
        var rule = slot.Rule;
        var contract = slot.Lane.Contract;
        var awake = slot.State.TrailingActive || rule.TrailingActivation is null;
        var compiled = new BoardRule
        {
            RuleId = rule.Id,
            Sequence = slot.Sequence,
            Side = rule.Direction,
            PriceSource = rule.PriceSource,
            ConfirmTicks = rule.ConfirmTicks,
            ArmedAt = armedAt ?? DateTimeOffset.MinValue,
            StopLevel = slot.IsHeld(ConditionKind.Stop) ? null : RuleConditions.StopLevel(rule, contract),
            ProfitLevel = IsOver(slot, ConditionKind.Profit) ? null : slot.ProfitLevel,
            PriceLevel = IsOver(slot, ConditionKind.Price) ? null : RuleConditions.PriceLevel(rule, contract, slot.StagesBefore),
            Trailing = IsOver(slot, ConditionKind.Trailing) ? null : Trailing(slot, awake),
            AwaitFalse = awaitFalse,
        };
        return slot.Held.Count == 0 || compiled is not { StopLevel: null, ProfitLevel: null, PriceLevel: null, Trailing: null } ? compiled : null;
    }

    private static BoardTrailing? Trailing(RuleSlot slot, bool awake)
    {
        var distance = TrailingRange.Now(slot) ?? slot.State.TrailingDistanceTicks ?? TrailingRange.OutOfReach;
        var trailing = RuleConditions.Trailing(slot.Rule, slot.Lane.Contract, awake ? Best(slot) : null, awake, distance);
        return awake && TrailingRange.Floor(slot) is { } floor && trailing is not null ? trailing with { Floor = floor } : trailing;
    }

    private static bool IsOver(RuleSlot slot, ConditionKind kind) => slot.State.Spent || slot.IsHeld(kind);

    /// <summary>Where a high-water starts: where it was, else the last accepted price of this session; null: with the next tick.</summary>
    private static long? Best(RuleSlot slot) =>
        slot.State.HighWaterTicks > 0 ? slot.State.HighWaterTicks
        : slot.Lane is { HasTick: true, IsTradable: true, Stale: false } ? slot.Lane.PriceFor(slot.Rule.PriceSource, slot.Rule.Direction)
        : null;
}
