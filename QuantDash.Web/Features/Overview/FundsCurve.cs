using QuantDash.Web.Ui;
using QuantDash.Web.Ui.Charts;

namespace QuantDash.Web.Features.Overview;

/// <summary>One point of the curve. Drawdown is what is missing to the highest equity so far, ≤ 0.</summary>
public readonly record struct FundsPoint(DateTimeOffset At, decimal Equity);

/// <summary>Turns equity points into the funds curve with the drawdown below.</summary>
public static class FundsCurve
{
    /// <summary>Points closer together than this are one: the later.</summary>
    private static readonly TimeSpan Closest = TimeSpan.FromSeconds(5);

    /// <summary>Appends a live point; the last one moves along until it is old enough to stay.</summary>
    public static void Append(List<FundsPoint> points, FundsPoint next)
    {
        if (points.Count > 0 && next.At <= points[^1].At) return;
        if (points.Count > 1 && next.At - points[^2].At < Closest) points[^1] = next;
        else points.Add(next);
    }

    public static ChartModel Draw(string key, IReadOnlyList<FundsPoint> points, string equity, string drawdown, IReadOnlyList<ChartRange> ranges)
    {
        var times = new string[points.Count];
        var values = new double?[points.Count];
        var below = new double?[points.Count];
        var highest = decimal.MinValue;
        for (var i = 0; i < points.Count; i++)
        {
            highest = Math.Max(highest, points[i].Equity);
            times[i] = ScreenTime.Axis(points[i].At);
            values[i] = (double)points[i].Equity;
            below[i] = (double)(points[i].Equity - highest);
        }

        return new()
        {
            Key = key,
            Places = 0,
            LeastSpan = 100,
            Ranges = ranges,
            Series =
            [
                new(equity, SeriesKind.Area, Tone.None, times, values),
                new(drawdown, SeriesKind.Area, Tone.Warn, times, below, Lower: true),
            ],
        };
    }
}
