namespace QuantDash.Core.Backtesting.Locks;

/// <summary>What a change of a rule would have changed.</summary>
public sealed record LockChange(LockBacktestResult Before, LockBacktestResult After)
{
    /// <summary>Firings that only the rule as it was had: another tick, condition or number of lots.</summary>
    public IReadOnlyList<LockFiring> OnlyBefore { get; } = Only(Before, After);

    /// <summary>Firings that only the changed rule had.</summary>
    public IReadOnlyList<LockFiring> OnlyAfter { get; } = Only(After, Before);

    /// <summary>By how much the change would have been better; null where an equity is unknown.</summary>
    public decimal? Difference => After.FinalEquity - Before.FinalEquity;
    public decimal FeesDifference => After.Fees - Before.Fees;

    private static IReadOnlyList<LockFiring> Only(LockBacktestResult of, LockBacktestResult than)
    {
        var others = than.Firings.Select(firing => firing.Key).ToHashSet();
        return [.. of.Firings.Where(firing => !others.Contains(firing.Key))];
    }
}

/// <summary>The same rules with their leg locked, closed, and the leg left alone.</summary>
/// <param name="Locked">Null: the engine refuses to lock there, for <paramref name="WhyNotLocked"/>.</param>
public sealed record LockComparison(LockBacktestResult? Locked, IReadOnlyList<Primitives.Problem> WhyNotLocked, LockBacktestResult Closed, LockBacktestResult Held);
