using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History.Quality;

/// <summary>From which moves on a bar is doubted.</summary>
/// <param name="Spike">Share by which a high or low leaves both the close before and the open behind, and comes back.</param>
/// <param name="Jump">Share by which an open differs from the close before, and stays there: an unadjusted split, a roll, or wrong units.</param>
public sealed record BarQualityLimits(double Spike, double Jump)
{
    /// <summary>Within a day 5 % and 20 %, of whole days 20 % and 30 %.</summary>
    public static BarQualityLimits For(Timeframe timeframe) => timeframe.IsDay ? new(0.2, 0.3) : new(0.05, 0.2);
}

/// <summary>Looks a stored series through. Pure.</summary>
public static class BarQuality
{
    private const string Jump = "bar_jump";

    /// <param name="sessions">When the symbol trades; null: unknown.</param>
    public static BarQualityReport Check(BarColumns bars, SessionPlan? sessions, TradingCalendar calendar, BarQualityLimits? limits = null)
    {
        var search = new GapSearch(bars, sessions, calendar);
        var gaps = search.Find();
        var faults = Faults(bars, limits ?? BarQualityLimits.For(bars.Key.Timeframe)).ToList();
        return new()
        {
            Key = bars.Key,
            Bars = bars.Count,
            SessionsKnown = sessions is not null,
            Expected = search.Expected,
            Gaps = gaps,
            Faults = faults,
            OutsideSessions = OutsideSessions(bars, sessions, calendar),
            Repairs = Repairs(gaps, faults, sessions is { Always: true } ? null : calendar),
        };
    }

    private static IEnumerable<BarFault> Faults(BarColumns bars, BarQualityLimits limits)
    {
        for (var i = 0; i < bars.Count; i++)
        {
            var bar = bars[i];
            var problem = bar.Contradiction(bars.PriceTick) ?? (i > 0 ? Doubt(bars, i, limits) : null);
            if (problem is not null) yield return new(DateOnly.FromDayNumber(bar.TradingDay), bar.Start, problem);
        }
    }

    private static Problem? Doubt(BarColumns bars, int i, BarQualityLimits limits)
    {
        var (bar, before) = (bars[i], (double)bars.Closes.Span[i - 1]);
        if (before <= 0) return null;
        if (i + 1 < bars.Count && bars.Opens.Span[i + 1] is > 0 and var after)
        {
            if (bar.High / Math.Max(before, after) - 1 > limits.Spike) return Spike("high", bar.High);
            if (1 - (bar.Low / Math.Min(before, after)) > limits.Spike) return Spike("low", bar.Low);
        }

        return Math.Abs((bar.Open / before) - 1) > limits.Jump ? new Problem("open", "bar_jump", bar.Open * bars.PriceTick, (long)before * bars.PriceTick) : null;

        Problem Spike(string field, long ticks) => new(field, "bar_spike", ticks * bars.PriceTick, (long)before * bars.PriceTick, bars.Opens.Span[i + 1] * bars.PriceTick);
    }

    private static int OutsideSessions(BarColumns bars, SessionPlan? sessions, TradingCalendar calendar)
    {
        var clock = new SeriesClock(sessions, calendar, TimeZoneInfo.Utc);
        return !clock.HasSessions || bars.Key.Timeframe.IsDay
            ? 0
            : bars.Bars().Count(bar => clock.WindowAt(bar.Start) is { Phase: SessionPhase.Closed } closed && closed.End.ToUnixTimeMilliseconds() >= bar.End);
    }

    /// <summary>Days that follow one another are imported again at once. A jump that stays is not repaired by the same file: it wants adjustment.</summary>
    private static List<BarRepair> Repairs(IReadOnlyList<BarGap> gaps, IReadOnlyList<BarFault> faults, TradingCalendar? calendar)
    {
        var wrong = gaps.Where(gap => gap.Kind != BarGapKind.UnknownCalendar).Select(gap => (gap.TradingDay, gap.MissingBars, Reason: "gap"))
            .Concat(faults.Where(fault => fault.Problem.Code != Jump).Select(fault => (fault.TradingDay, MissingBars: 0, Reason: fault.Problem.Code)));
        var repairs = new List<BarRepair>();
        foreach (var day in wrong.GroupBy(part => part.TradingDay).OrderBy(day => day.Key))
        {
            var repair = new BarRepair(day.Key, day.Key, day.Sum(part => part.MissingBars), [.. day.Select(part => part.Reason).Distinct(StringComparer.Ordinal)]);
            var follows = repairs is [.., var before] && day.Key == (calendar?.NextTradingDay(before.To) ?? before.To.AddDays(1));
            if (follows) repairs[^1] = Joined(repairs[^1], repair);
            else repairs.Add(repair);
        }

        return repairs;
    }

    private static BarRepair Joined(BarRepair first, BarRepair second) =>
        new(first.From, second.To, first.MissingBars + second.MissingBars, [.. first.Reasons.Union(second.Reasons, StringComparer.Ordinal)]);
}
