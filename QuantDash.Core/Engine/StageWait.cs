using QuantDash.Core.Locking;

namespace QuantDash.Core.Engine;

/// <summary>Stages of a ladder that were declined, expired or filled in part: they wait until they have been false (DESIGN.md 6.1), and only they. The stage after
/// them is a condition of its own and is watched meanwhile; when it fires it asks for what they left too, since a stage's share is floor(base × Σ) − done.</summary>
internal static class StageWait
{
    /// <summary>Whether the lane's ticks are to be looked at for it.</summary>
    public static bool IsNeeded(RuleSlot slot) => Waits(slot) && (slot.StagesPassed > slot.StagesTaken || !slot.Lane.HasTick);

    /// <summary>After the board has looked at a tradable tick: stages that are false again are watched again.</summary>
    public static void OnEvaluated(RuleBook rules, SymbolLane lane, DateTimeOffset now)
    {
        for (var i = lane.StagesWaiting.Count - 1; i >= 0; i--)
        {
            var slot = lane.StagesWaiting[i];
            var waits = rules.Find(slot.Rule.Id) == slot && Waits(slot);
            var passed = Passed(slot);
            if (waits && passed > slot.StagesTaken && passed == slot.StagesPassed) continue;
            lane.StagesWaiting.RemoveAt(i);
            if (waits && passed != slot.StagesPassed) rules.Refresh(slot, now);
        }
    }

    /// <summary>Stages that are not to be watched now: those that are taken, and while these wait to be false those that hold. All of them hold: those taken.</summary>
    public static int Passed(RuleSlot slot)
    {
        var passed = slot.StagesTaken;
        if (!Waits(slot)) return passed;
        while (passed < slot.Rule.Stages.Count && FiringLevels.HoldsNow(slot, Ladder.KindOf(slot.Rule), passed)) passed++;
        return passed < slot.Rule.Stages.Count ? passed : slot.StagesTaken;
    }

    private static bool Waits(RuleSlot slot) => slot.State.State == ArmState.WaitingForFalse && slot.StagesTaken < slot.Rule.Stages.Count;
}
