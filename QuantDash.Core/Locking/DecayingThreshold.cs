namespace QuantDash.Core.Locking;

/// <summary>A profit threshold that comes down while the leg is held: floor + (start − floor) · 0.5^(held ÷ half-life), stepped each minute of trading time
/// (DESIGN.md 6, 6.1).</summary>
public static class DecayingThreshold
{
    public static bool Has(LockRule rule) =>
        rule is { DecayHalfLifeMinutes: > 0, ProfitLockEnabled: true, ProfitLockThreshold: not null, Stages.Count: 0 } && rule.Names(TriggerType.Profit);

    /// <param name="start">Threshold at the opening of the leg's oldest lot.</param>
    /// <param name="floor">Where it ends.</param>
    /// <param name="halfLifeMinutes">Minutes in which it comes half-way down, &gt; 0.</param>
    /// <param name="heldMinutes">Whole minutes of trading time since that lot was opened, ≥ 0.</param>
    public static decimal At(decimal start, decimal floor, decimal halfLifeMinutes, long heldMinutes) =>
        floor + ((start - floor) * (decimal)Math.Pow(0.5, heldMinutes / (double)halfLifeMinutes));

    /// <summary>The one threshold of a rule's profit condition after so much time; null when it has none.</summary>
    public static decimal? Of(LockRule rule, long heldMinutes) =>
        rule.ProfitLockThreshold is { } start && Has(rule)
            ? At(start, rule.DecayFloor ?? 0m, rule.DecayHalfLifeMinutes.GetValueOrDefault(1m), heldMinutes)
            : rule.ProfitLockThreshold;
}
