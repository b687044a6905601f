using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What a rule goes on with after one of its conditions did what it was for.</summary>
internal static class RuleProgress
{
    /// <summary>A ladder goes on with its next stage, a rule that re-arms rests or waits. Otherwise the rule is spent by the fill, but for its stop: lots
    /// that are still uncovered keep it.</summary>
    public static LockRuleState After(RuleSlot slot, ConditionKind kind, int stage, DateTimeOffset now)
    {
        var (rule, state) = (slot.Rule, slot.State);
        if (stage > 0) state = state with { StagesDone = Math.Max(state.StagesDone, stage) };
        if (state.State == ArmState.Done) return state;
        if (Ladder.Has(rule, kind) && state.StagesDone < rule.Stages.Count) return state with { State = ArmState.Armed };
        return rule.Rearm switch
        {
            RearmMode.AfterFalse => Anew(rule, state) with { State = ArmState.WaitingForFalse },
            RearmMode.Cooldown => Anew(rule, state) with { State = ArmState.Cooling, Spent = true, RearmAt = now + rule.RearmCooldown },
            _ when kind != ConditionKind.Stop => Spend(slot, now) with { StagesDone = state.StagesDone },
            _ => state with { State = ArmState.Done },
        };
    }

    /// <summary>Nothing is left for its main conditions.</summary>
    public static LockRuleState Spend(RuleSlot slot, DateTimeOffset now) =>
        StopHasWork(slot)
            ? slot.State with { State = ArmState.Armed, Spent = true, UpdatedAt = now }
            : slot.State with { State = ArmState.Done, UpdatedAt = now };

    private static LockRuleState Anew(LockRule rule, LockRuleState state) => rule.RearmAdds ? state with { DoneVolume = Volume.Zero, DoneCost = 0m } : state;

    private static bool StopHasWork(RuleSlot slot)
    {
        if (!RuleConditions.HasStop(slot.Rule) || slot.Rule.Shadow) return false;
        var leg = slot.Leg();
        var wanted = LockVolume.Wanted(slot.Base, slot.Rule.StopLockRatio, slot.State.DoneVolume, slot.Lane.Contract.VolumeStep, slot.Rule.LocksAtLeastOneLot);
        return !wanted.IsZero && !leg.FreeVolume.IsZero;
    }
}
