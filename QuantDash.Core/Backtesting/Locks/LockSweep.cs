using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Locks;

/// <summary>A value of a rule that a sweep may vary.</summary>
public enum LockParameter { ProfitThreshold, TriggerPrice, StopLossPrice, TrailingDistance, LockRatio, ConfirmTicks }

/// <summary>One axis of a sweep.</summary>
public sealed record LockAxis(LockParameter Parameter, IReadOnlyList<decimal> Values)
{
    public const int MostValues = 15;

    /// <summary>From <paramref name="from"/> to <paramref name="to"/> in so many even steps, both ends included.</summary>
    /// <param name="step">What values are whole multiples of; 0: anything.</param>
    public static LockAxis Even(LockParameter parameter, decimal from, decimal to, int count, decimal step)
    {
        var values = count == 1 ? [from] : Enumerable.Range(0, count).Select(i => from + ((to - from) * i / (count - 1)));
        return new(parameter, [.. values.Select(value => step > 0 ? decimal.Round(value / step) * step : decimal.Round(value, 8)).Distinct()]);
    }
}

/// <summary>Where in the grid.</summary>
/// <param name="Y">Null: the sweep has one axis.</param>
public sealed record LockSweepPoint(LockParameter XOf, decimal X, LockParameter? YOf, decimal? Y)
{
    /// <summary>Every point, the first axis fastest.</summary>
    public static IReadOnlyList<LockSweepPoint> Grid(LockAxis x, LockAxis? y) => y is null
        ? [.. x.Values.Select(value => new LockSweepPoint(x.Parameter, value, null, null))]
        : [.. y.Values.SelectMany(row => x.Values.Select(value => new LockSweepPoint(x.Parameter, value, y.Parameter, row)))];

    /// <summary>The rule with these values.</summary>
    public LockRule On(LockRule rule)
    {
        var changed = With(rule, XOf, X);
        return YOf is { } parameter && Y is { } value ? With(changed, parameter, value) : changed;
    }

    private static LockRule With(LockRule rule, LockParameter parameter, decimal value) => parameter switch
    {
        LockParameter.ProfitThreshold => rule with { ProfitLockThreshold = value, ProfitLockEnabled = true, Also = Naming(rule, TriggerType.Profit) },
        LockParameter.TriggerPrice => rule with { TriggerPrice = new Price(value), Also = Naming(rule, TriggerType.Price) },
        LockParameter.StopLossPrice => rule with { StopLossPrice = new Price(value) },
        LockParameter.TrailingDistance => rule with { TrailingDistance = value, TrailingStop = true, Also = Naming(rule, TriggerType.Trailing) },
        LockParameter.LockRatio => rule with { ProfitLockRatio = new(value) },
        LockParameter.ConfirmTicks => rule with { ConfirmTicks = (int)value },
        _ => throw new InvalidOperationException($"Unknown parameter {parameter}."),
    };

    /// <summary>A value of a condition that is off switches it on.</summary>
    private static IReadOnlyList<TriggerType> Naming(LockRule rule, TriggerType type) => rule.Names(type) ? rule.Also : [.. rule.Also, type];
}

/// <summary>The outcome at one point.</summary>
/// <param name="Refused">Why the engine refused that rule; null: it ran.</param>
public sealed record LockSweepCell(decimal X, decimal? Y, int Firings, decimal? FinalEquity, decimal? Profit, decimal? Fees, decimal? MaxDrawdown, Problem? Refused);
