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
    /// <summary>Null when the rule does not trail, or by a price that the line does not show.</summary>
    /// <param name="until">When the rule fired by it; null: it still trails.</param>
    public static TrailingTrace? Of(RuleView view, Contract contract, IReadOnlyList<TracePoint> points, DateTimeOffset? until)
    {
        var (rule, state) = (view.Rule, view.State);
        if (points.Count == 0 || !RuleConditions.HasTrailing(rule) || rule.PriceSource != PriceSource.Last) return null;
        if (state is not { TrailingActive: true, HighWaterTicks: > 0, ArmedAt: { } armedAt }) return null;
        var known = (double)contract.PriceAt(state.HighWaterTicks).Value;
        var sign = rule.Direction.Sign();
        var best = armedAt < points[0].At ? Since(points, FirstAtOrBeyond(points, 0, known, sign) ?? 0, known) : Running(rule, points, armedAt, known, sign);
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

        // The line leaves out ticks within a second: the best price may lie between two of its points.
        return [.. best.Select(value => value == now ? known : value)];
    }

    private static int? FirstAtOrBeyond(IReadOnlyList<TracePoint> points, int from, double price, int sign)
    {
        for (var i = from; i < points.Count; i++)
        {
            if (sign * (points[i].Price - price) >= 0) return i;
        }

        return null;
    }

    private static double? StopOf(LockRule rule, Contract contract, double best) =>
        RuleConditions.TrailingLevel(rule, contract, contract.TicksAtOrBelow(new Price((decimal)best))) is { } level ? (double)contract.PriceAt(level).Value : null;
}
