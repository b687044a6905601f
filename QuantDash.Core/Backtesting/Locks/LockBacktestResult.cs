using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Locks;

/// <summary>One firing and what became of it.</summary>
/// <param name="Trigger">As it stands at the end of the span: the deciding tick's time and price, the sentence with its numbers, lots asked for and filled.</param>
/// <param name="Execution">Null: nothing was filled.</param>
public sealed record LockFiring(LockTrigger Trigger, LockExecution? Execution)
{
    /// <summary>Two firings of two runs are the same one where all of this is.</summary>
    public (ConditionKind Condition, int Stage, DateTimeOffset At, Price Price, Volume Volume) Key => (Trigger.Condition, Trigger.Stage, Trigger.TickTimestamp, Trigger.TriggerPrice, Trigger.LockVolume);
}

/// <summary>Would it have fired?</summary>
/// <param name="Firings">Oldest first; empty: no.</param>
/// <param name="Nearest">How near it came, where it did not; null: no condition of it was ever evaluated, or it fired.</param>
/// <param name="Why">Why none was (<see cref="Engine.ConditionView.Why"/>); null otherwise.</param>
public sealed record RuleAnswer(LockRule Rule, IReadOnlyList<LockFiring> Firings, NearestMoment? Nearest, string? Why)
{
    public bool Fired => Firings.Count > 0;
}

/// <summary>What the live engine did with a scene over the ticks of a span.</summary>
public sealed record LockBacktestResult
{
    /// <summary>In the order in which they were given.</summary>
    public required IReadOnlyList<RuleAnswer> Rules { get; init; }

    /// <summary>Of all rules, oldest first.</summary>
    public required IReadOnlyList<LockFiring> Firings { get; init; }
    public required IReadOnlyList<Order> Orders { get; init; }
    public required IReadOnlyList<Trade> Trades { get; init; }
    public required IReadOnlyList<PositionLock> Locks { get; init; }

    /// <summary>A bounded number of points; the fall, the margin and the sums are of all ticks.</summary>
    public required IReadOnlyList<EquitySample> Equity { get; init; }

    /// <summary>The same of the price; empty where no picture was asked for.</summary>
    public required IReadOnlyList<PricePoint> Prices { get; init; }

    /// <summary>At the first tick at which it was known; null: it never was.</summary>
    public required decimal? StartEquity { get; init; }

    /// <summary>At the last tick.</summary>
    public required decimal? FinalEquity { get; init; }
    public required decimal Fees { get; init; }

    /// <summary>The deepest fall of equity below its highest, in money, ≤ 0.</summary>
    public required decimal MaxDrawdown { get; init; }
    public required decimal MarginPeak { get; init; }

    /// <summary>Ticks that were played, and those of them that the engine did not take.</summary>
    public required long Ticks { get; init; }
    public required long Refused { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }

    /// <summary>Null: the ticks are as they were stored.</summary>
    public required BarAssumption? Bars { get; init; }

    public decimal? Profit => FinalEquity - StartEquity;
}
