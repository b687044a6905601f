using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>What is wrong with the stages of a rule; fields are named <c>stages[1].level</c>, counted from 0 as in JSON.</summary>
internal static class LadderValidation
{
    public static void Check(LockRule rule, Contract? contract, List<Problem> problems)
    {
        if (rule.Stages.Count == 0) return;
        if (rule.TriggerType is not (TriggerType.Price or TriggerType.Profit)) problems.Add(new("stages", "stages_need_level", rule.TriggerType));
        if (rule.Stages.Count > LockRuleValidation.MostStages) problems.Add(new("stages", "too_many_items", LockRuleValidation.MostStages, rule.Stages.Count));
        for (var i = 0; i < rule.Stages.Count; i++) CheckStage(rule, i, contract, problems);
        var share = Ladder.Share(rule, rule.Stages.Count);
        if (share > Ratio.One) problems.Add(new("stages", "stage_ratios", share.Value));
    }

    private static void CheckStage(LockRule rule, int index, Contract? contract, List<Problem> problems)
    {
        var (level, ratio) = rule.Stages[index];
        var field = $"stages[{index}].level";
        if (rule.TriggerType == TriggerType.Price) LockRuleValidation.CheckPrice(field, new(level), contract, problems);
        else LockRuleValidation.CheckRange(field, level, 0m, LockRuleValidation.LargestProfit, problems);
        LockRuleValidation.CheckRatio($"stages[{index}].ratio", ratio, problems);
        if (index == 0) return;
        var before = rule.Stages[index - 1].Level;
        var falling = rule is { TriggerType: TriggerType.Price, Direction: Side.Short };
        if (falling ? level >= before : level <= before) problems.Add(new(field, "stage_order", level, before));
    }
}
