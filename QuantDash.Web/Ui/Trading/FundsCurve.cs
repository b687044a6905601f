using QuantDash.Core.Performance;
using QuantDash.Web.Ui.Charts;

namespace QuantDash.Web.Ui.Trading;

/// <summary>Turns recorded funds into the funds curve: equity above, below it what is missing of the result to its highest so far. Cash that comes or goes is
/// neither gain nor drawdown, and is marked.</summary>
public static class FundsCurve
{
    private static readonly TimeSpan Closest = TimeSpan.FromSeconds(5);

    /// <summary>Appends a live point; the last one moves along until it is old enough to stay.</summary>
    /// <param name="closest">Points closer together than this are one, the later; 5 s unless said.</param>
    public static void Append(List<EquitySample> points, EquitySample next, TimeSpan? closest = null)
    {
        if (points.Count > 0 && next.At <= points[^1].At) return;
        if (points.Count > 1 && next.At - points[^2].At < (closest ?? Closest) && points[^1].Deposits == points[^2].Deposits) points[^1] = next;
        else points.Add(next);
    }

    public static ChartModel Draw(string key, IReadOnlyList<EquitySample> points, FundsCurveWords words, IReadOnlyList<ChartRange> ranges)
    {
        var times = new string[points.Count];
        var values = new double?[points.Count];
        var below = new double?[points.Count];
        var markers = new List<ChartMarker>();
        var highest = decimal.MinValue;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            highest = Math.Max(highest, point.Result);
            times[i] = ScreenTime.Axis(point.At);
            values[i] = (double)point.Equity;
            below[i] = (double)(point.Result - highest);
            if (i > 0 && point.Deposits - points[i - 1].Deposits is var cash && cash != 0) markers.Add(MarkerOf(times[i], point.Equity, cash, words));
        }

        return new()
        {
            Key = key,
            Places = 0,
            LeastSpan = 100,
            Ranges = ranges,
            Markers = markers,
            Series =
            [
                new(words.Equity, SeriesKind.Area, Tone.None, times, values),
                new(words.Drawdown, SeriesKind.Area, Tone.Warn, times, below, Lower: true),
            ],
        };
    }

    private static ChartMarker MarkerOf(string at, decimal equity, decimal cash, FundsCurveWords words) =>
        new(at, (double)equity, $"{(cash > 0 ? words.Deposit : words.Withdrawal)} {Figures.Number(decimal.Abs(cash), 2)}", Tone.Info, cash > 0);
}

/// <summary>What things on the curve are called in the reader's language.</summary>
public sealed record FundsCurveWords(string Equity, string Drawdown, string Deposit, string Withdrawal);
