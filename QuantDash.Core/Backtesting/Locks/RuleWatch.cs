using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Backtesting.Locks;

/// <summary>How near a rule came to firing without it.</summary>
/// <param name="At">Time of the tick.</param>
/// <param name="DistanceTicks">From the price it looks at to its level; 0 or less: beyond it, and still it did not fire, as it wants more ticks to agree.</param>
/// <param name="Now">What it looked at then: a price, or the profit.</param>
/// <param name="Level">The price at which it would have fired.</param>
public sealed record NearestMoment(ConditionKind Condition, DateTimeOffset At, long DistanceTicks, decimal? Now, Price? Level);

/// <summary>Follows one rule until it fires.</summary>
internal sealed class RuleWatch(Guid ruleId)
{
    public Guid RuleId => ruleId;
    public NearestMoment? Nearest { get; private set; }

    /// <summary>Why the last of its conditions was not evaluated, while none has been.</summary>
    public string? Why { get; private set; }

    public void Look(TradingEngine engine, DateTimeOffset at)
    {
        foreach (var condition in engine.Explain(ruleId))
        {
            if (!condition.Live) continue;
            if (condition.Why is { } why) Why = why;
            else if (condition.DistanceTicks is { } distance && !(distance >= Nearest?.DistanceTicks)) Nearest = new(condition.Kind, at, distance, condition.Now, condition.Level);
        }
    }
}
