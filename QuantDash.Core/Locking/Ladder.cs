using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>The arithmetic of a rule with stages (DESIGN.md 6.1): the main condition's level is that of the next stage, each stage fires once.</summary>
public static class Ladder
{
    /// <summary>Whether the condition of <paramref name="type"/> goes by stages: only the main one of a rule does.</summary>
    public static bool Has(LockRule rule, TriggerType type) => rule.Stages.Count > 0 && rule.TriggerType == type;

    public static bool Has(LockRule rule, ConditionKind kind) =>
        (kind == ConditionKind.Price && Has(rule, TriggerType.Price)) || (kind == ConditionKind.Profit && Has(rule, TriggerType.Profit));

    /// <summary>The condition of a rule that has stages.</summary>
    public static ConditionKind KindOf(LockRule rule) => rule.TriggerType == TriggerType.Profit ? ConditionKind.Profit : ConditionKind.Price;

    /// <summary>How many stages are reached at <paramref name="value"/>, a price or a profit: those passed by one tick make one order.</summary>
    public static int Reached(LockRule rule, decimal value)
    {
        var falling = rule.TriggerType == TriggerType.Price && rule.Direction == Side.Short;
        return rule.Stages.TakeWhile(stage => falling ? value <= stage.Level : value >= stage.Level).Count();
    }

    /// <summary>Share of the first <paramref name="stages"/> stages together.</summary>
    public static Ratio Share(LockRule rule, int stages) => new(rule.Stages.Take(stages).Sum(stage => stage.Ratio.Value));

    /// <summary>What the ladder has locked after its first <paramref name="stages"/> stages: floor(base × Σ ratios) to the lot step; Σ = 1 takes all.</summary>
    public static Volume Target(LockRule rule, int stages, Volume baseVolume, decimal step)
    {
        var share = Share(rule, stages);
        return share >= Ratio.One ? baseVolume : baseVolume.FloorToStep(share, step);
    }
}
