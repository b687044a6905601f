using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Live;

namespace QuantDash.Web.Ui.Trading;

/// <summary>The way a trailing rule's best price and stop went along a line of prices, ending at what the engine says of them now. Only what is known is drawn: a rule
/// armed before the line begins is drawn from the point that made its best price, one whose stop depends on average ranges has no earlier stops.</summary>
/// <param name="Best">For each point of the line; null where the rule did not trail yet, or not any more.</param>
/// <param name="Stop">As <paramref name="Best"/>; empty when earlier stops are not known.</param>
public sealed record TrailingTrace(IReadOnlyList<double?> Best, IReadOnlyList<double?> Stop)
{
    /// <summary>A rule armed so shortly before the line's first tick has seen no other one: it was made before the feed began.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(1);

    /// <summary>The line leaves out ticks within a second: the best price may lie so many ticks beyond its points.</summary>
    private const int LostTicks = 3;

    /// <summary>Null when the rule does not trail, or by a price that the line does not show.</summary>
    /// <param name="until">When the rule fired by it; null: it still trails.</param>
    public static TrailingTrace? Of(RuleView view, Contract contract, IReadOnlyList<TracePoint> points, DateTimeOffset? until)
    {
        var (rule, state) = (view.Rule, view.State);
        if (points.Count == 0 || !RuleConditions.HasTrailing(rule) || rule.PriceSource != PriceSource.Last) return null;
        if (state is not { TrailingActive: true, HighWaterTicks: > 0, ArmedAt: { } armedAt }) return null;
        var known = (double)contract.PriceAt(state.HighWaterTicks).Value;
        var sign = rule.Direction.Sign();
        var seen = points[0].At - armedAt < Together;
        var best = seen ? Running(rule, points, armedAt, known, sign) : Since(points, MadeAt(points, known - (sign * LostTicks * (double)contract.PriceTick), sign), known);
        if (until is { } fired) best = [.. best.Select((value, i) => points[i].At <= fired ? value : null)];
        return new(best, rule.TrailingMode == TrailingMode.Atr ? [] : [.. best.Select(value => value is { } price ? StopOf(rule, contract, price) : null)]);
    }

    private static List<double?> Since(IReadOnlyList<TracePoint> points, int from, double known) => [.. points.Select((_, i) => i >= from ? known : (double?)null)];

    private static List<double?> Running(LockRule rule, IReadOnlyList<TracePoint> points, DateTimeOffset armedAt, double known, int sign)
    {
        var best = new List<double?>(points.Count);
        var awake = rule.TrailingActivation is null;
        double? now = null;
        foreach (var point in points)
        {
            if (point.At >= armedAt)
            {
                awake = awake || sign * (point.Price - (double)rule.TrailingActivation!.Value.Value) >= 0;
                if (awake && (now is not { } before || sign * (point.Price - before) > 0)) now = sign * (point.Price - known) > 0 ? known : point.Price;
            }
            best.Add(now);
        }

        return [.. best.Select(value => value == now ? known : value)];
    }

    /// <summary>The point that made the best price: the farthest of the line, when it comes so far; else it was before the line.</summary>
    private static int MadeAt(IReadOnlyList<TracePoint> points, double atLeast, int sign)
    {
        var farthest = 0;
        for (var i = 1; i < points.Count; i++)
        {
            if (sign * (points[i].Price - points[farthest].Price) > 0) farthest = i;
        }

        return sign * (points[farthest].Price - atLeast) >= 0 ? farthest : 0;
    }

    private static double? StopOf(LockRule rule, Contract contract, double best) =>
        RuleConditions.TrailingLevel(rule, contract, contract.TicksAtOrBelow(new Price((decimal)best))) is { } level ? (double)contract.PriceAt(level).Value : null;
}
