using QuantDash.Core.Locking;

namespace QuantDash.Core.Engine;

/// <summary>What a rule goes on with after one of its conditions did what it was for.</summary>
internal static class RuleProgress
{
    /// <summary>A ladder goes on with its next stage. Otherwise the rule is spent by the fill, but for its stop: lots that are still uncovered keep it.</summary>
    public static LockRuleState After(RuleSlot slot, ConditionKind kind, int stage)
    {
        var (rule, state) = (slot.Rule, slot.State);
        if (stage > 0) state = state with { StagesDone = Math.Max(state.StagesDone, stage) };
        if (state.State == ArmState.Done) return state;
        if (Ladder.Has(rule, kind) && state.StagesDone < rule.Stages.Count) return state with { State = ArmState.Armed };
        return kind != ConditionKind.Stop && StopHasWork(slot)
            ? state with { State = ArmState.Armed, Spent = true }
            : state with { State = ArmState.Done };
    }

    private static bool StopHasWork(RuleSlot slot)
    {
        if (!RuleConditions.HasStop(slot.Rule) || slot.Rule.Shadow) return false;
        var leg = slot.Leg();
        var wanted = LockVolume.Wanted(leg.Volume, slot.Rule.StopLockRatio, slot.State.DoneVolume, slot.Lane.Contract.VolumeStep, slot.Rule.LocksAtLeastOneLot);
        return !wanted.IsZero && !leg.FreeVolume.IsZero;
    }
}
