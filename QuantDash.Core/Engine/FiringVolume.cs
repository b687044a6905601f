using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>How much a firing asks for (DESIGN.md 6.1, condition arithmetic).</summary>
/// <param name="Wanted">Volume it asks for; what is lockable may be less.</param>
/// <param name="Stages">Stages of a ladder that the tick passed, from–to counted from 1; null when the condition has none.</param>
/// <param name="Base">The leg that a ladder's shares refer to; zero without one.</param>
internal readonly record struct FiringVolume(Volume Wanted, (int From, int To)? Stages, Volume Base)
{
    /// <param name="slot">The rule.</param>
    /// <param name="kind">Its condition that holds.</param>
    /// <param name="price">The deciding price.</param>
    /// <param name="asked">What its open triggers still ask for, and this one may not take from them.</param>
    public static FiringVolume Of(RuleSlot slot, ConditionKind kind, Price price, Volume asked)
    {
        var (rule, leg, step) = (slot.Rule, slot.Base, slot.Lane.Contract.VolumeStep);
        var taken = slot.State.DoneVolume + asked;
        if (!Ladder.Has(rule, kind)) return new(LockVolume.Wanted(leg, RuleConditions.RatioOf(rule, kind), taken, step, rule.LocksAtLeastOneLot), null, Volume.Zero);
        var from = slot.StagesTaken + 1;
        var value = kind == ConditionKind.Price ? price.Value : slot.ProfitLeg().FloatingPnl(price, slot.Lane.Contract) ?? 0m;
        var to = Math.Max(from, Ladder.Reached(rule, value));
        // Nothing of it stands yet: its first stage fires now, whatever an earlier attempt found.
        var isFirst = slot.State is { StagesDone: 0, DoneVolume.IsZero: true } && slot.Held.Count == 0;
        var baseVolume = isFirst || slot.State.BaseVolume.IsZero ? leg : slot.State.BaseVolume;
        return new(LockVolume.WantedBy(rule, to, baseVolume, taken, step), (from, to), baseVolume);
    }
}
