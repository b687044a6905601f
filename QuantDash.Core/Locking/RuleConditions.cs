using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>Which conditions of a rule are live and at which price they fire (DESIGN.md 6, 6.1): the one named by the trigger type with its flag,
/// the stop when its price is set, and those listed in <c>also</c>.</summary>
public static class RuleConditions
{
    public static bool HasStop(LockRule rule) => rule.StopLossPrice is not null;

    public static bool HasProfit(LockRule rule) => rule.Names(TriggerType.Profit) && rule.ProfitLockEnabled && ProfitThreshold(rule) is not null;

    public static bool HasPrice(LockRule rule) => rule.Names(TriggerType.Price) && PriceTarget(rule) is not null;

    public static bool HasTrailing(LockRule rule) => rule.Names(TriggerType.Trailing) && rule.TrailingStop && rule.TrailingDistance is not null;

    public static bool HasTime(LockRule rule) => rule.Names(TriggerType.Time) && rule.TriggerTime is not null;

    public static bool HasAny(LockRule rule) => HasStop(rule) || HasProfit(rule) || HasPrice(rule) || HasTrailing(rule) || HasTime(rule);

    /// <summary>Level of the stop: "≤" rounds down for a long leg, "≥" up for a short one.</summary>
    public static long? StopLevel(LockRule rule, Contract contract) =>
        rule.StopLossPrice is not { } price ? null
        : rule.Direction == Side.Long ? contract.TicksAtOrBelow(price) : contract.TicksAtOrAbove(price);

    /// <summary>Price of the price condition after <paramref name="stagesDone"/> stages; null when it has none or they are all done.</summary>
    public static Price? PriceTarget(LockRule rule, int stagesDone = 0) =>
        !Ladder.Has(rule, TriggerType.Price) ? rule.TriggerPrice
        : stagesDone < rule.Stages.Count ? new(rule.Stages[stagesDone].Level) : null;

    /// <summary>Threshold of the profit condition after <paramref name="stagesDone"/> stages, and, where it decays, after so many minutes of trading time; null
    /// when it has none or they are all done.</summary>
    public static decimal? ProfitThreshold(LockRule rule, int stagesDone = 0, long heldMinutes = 0) =>
        !Ladder.Has(rule, TriggerType.Profit) ? DecayingThreshold.Of(rule, heldMinutes)
        : stagesDone < rule.Stages.Count ? rule.Stages[stagesDone].Level : null;

    /// <summary>Level of the price condition: "≥" rounds up for a long leg, "≤" down for a short one.</summary>
    public static long? PriceLevel(LockRule rule, Contract contract, int stagesDone = 0) =>
        !HasPrice(rule) || PriceTarget(rule, stagesDone) is not { } price ? null
        : rule.Direction == Side.Long ? contract.TicksAtOrAbove(price) : contract.TicksAtOrBelow(price);

    /// <summary>Level of the profit condition; null when it is not live or the leg's open price is unknown.</summary>
    public static long? ProfitLevel(LockRule rule, Contract contract, LegFacts leg, int stagesDone = 0, long heldMinutes = 0) =>
        HasProfit(rule) && ProfitThreshold(rule, stagesDone, heldMinutes) is { } threshold ? leg.ProfitLevel(threshold, contract) : null;

    /// <summary>The trailing condition in ticks. A distance that is no whole number of ticks is rounded up: "≤" rounds the level down.</summary>
    /// <param name="atrTicks">Distance that follows from the average true range so far; null before there are enough bars: nothing is watched.</param>
    public static BoardTrailing? Trailing(LockRule rule, Contract contract, long? best, bool awake, long? atrTicks = null)
    {
        if (!HasTrailing(rule) || rule.TrailingDistance is not { } distance) return null;
        if (rule.TrailingMode == TrailingMode.Atr && atrTicks is null) return null;
        return new()
        {
            DistanceTicks = rule.TrailingMode switch
            {
                TrailingMode.Price => Math.Max(1, (long)decimal.Ceiling(distance / contract.PriceTick)),
                TrailingMode.Atr => atrTicks,
                _ => null,
            },
            DistanceRatio = rule.TrailingMode == TrailingMode.Ratio ? distance : null,
            ActivationLevel = awake ? null : ActivationLevel(rule, contract),
            Best = best,
        };
    }

    /// <summary>The level, in ticks, at which trailing fires below (short: above) <paramref name="best"/>; null when the rule does not trail, or by ranges that are not known.</summary>
    public static long? TrailingLevel(LockRule rule, Contract contract, long best, long? atrTicks = null)
    {
        if (Trailing(rule, contract, best, awake: true, atrTicks) is not { } trailing) return null;
        var sign = rule.Direction.Sign();
        return TrailingGroup.LevelFor(trailing, best * sign) * sign;
    }

    /// <summary>The price at which trailing wakes up; null when it is awake from arming.</summary>
    public static long? ActivationLevel(LockRule rule, Contract contract) =>
        rule.TrailingActivation is not { } price ? null
        : rule.Direction == Side.Long ? contract.TicksAtOrAbove(price) : contract.TicksAtOrBelow(price);

    /// <summary>The share of the leg a condition locks.</summary>
    public static Ratio RatioOf(LockRule rule, ConditionKind kind) => kind == ConditionKind.Stop ? rule.StopLockRatio : rule.ProfitLockRatio;
}
