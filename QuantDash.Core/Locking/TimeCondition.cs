using QuantDash.Core.Instruments;

namespace QuantDash.Core.Locking;

/// <summary>One moment at which a time condition acts.</summary>
/// <param name="At">When.</param>
/// <param name="Until">What has not acted by then has missed it: the close it was meant to precede, the end of its trading day.</param>
public readonly record struct TimeMoment(DateTimeOffset At, DateTimeOffset Until);

/// <summary>When a time condition acts (DESIGN.md 6, 6.1): on the exchange's clock, on days that trade. Its holding form follows from <see cref="TradingTime"/>.</summary>
/// <param name="plan">Sessions of what is watched.</param>
/// <param name="calendar">Days that trade.</param>
/// <param name="sessionsAlways">Whether the source trades every calendar day around the clock.</param>
/// <param name="lastDay">The last trading day of what is watched; null: it has none.</param>
public sealed class TimeCondition(SessionPlan plan, TradingCalendar calendar, bool sessionsAlways, DateOnly? lastDay = null)
{
    /// <summary>Days; none is longer.</summary>
    private const int LongestHoliday = 14;

    private readonly TradingCalendar _days = calendar.Of(plan);

    private bool EveryDay => sessionsAlways || plan.Always;

    /// <summary>Whether what trades by <paramref name="plan"/> has such a close at all.</summary>
    public static bool HasClose(SessionPlan plan, SessionClose close) => CloseOf(plan, close) is not null;

    /// <summary>The next moment after <paramref name="after"/> that is not missed at <paramref name="now"/>; null when there is none, or <paramref name="time"/>
    /// counts holding time.</summary>
    public TimeMoment? Next(TriggerTime time, DateTimeOffset after, DateTimeOffset now)
    {
        foreach (var moment in Moments(time, after, now))
            if (moment.Until > now) return moment;
        return null;
    }

    /// <summary>The last moment after <paramref name="after"/> that has been missed at <paramref name="now"/>; null when there is none, or <paramref name="time"/>
    /// counts holding time.</summary>
    public TimeMoment? LatestMissed(TriggerTime time, DateTimeOffset after, DateTimeOffset now)
    {
        TimeMoment? latest = null;
        foreach (var moment in Moments(time, after, now))
        {
            if (moment.Until > now) break;
            latest = moment;
        }
        return latest;
    }

    /// <summary>When the trading day after <paramref name="day"/> begins, its night session included: what was opened on <paramref name="day"/> is older from then on.</summary>
    public DateTimeOffset DayAfterBegins(DateOnly day)
    {
        if (EveryDay) return On(day.AddDays(1), TimeOnly.MinValue);
        var next = _days.NextTradingDay(day);
        var evening = _days.PreviousTradingDay(next);
        return plan.Night is [var night, ..] && _days.HasNightSession(evening) ? On(evening, night.From) : On(next, plan.Day is [var first, ..] ? first.From : TimeOnly.MinValue);
    }

    /// <summary>The moments after <paramref name="after"/>, but none long before <paramref name="now"/>.</summary>
    private IEnumerable<TimeMoment> Moments(TriggerTime time, DateTimeOffset after, DateTimeOffset now)
    {
        if (time.Kind is TriggerTimeKind.Holding or TriggerTimeKind.CloseTodayRelief) yield break;
        if (time.Kind == TriggerTimeKind.BeforeLastClose)
        {
            if (lastDay is { } last && BeforeClose(time, last) is { } end && end.At > after) yield return end;
            yield break;
        }
        // A night session that closes past midnight began a day earlier; what was to act before a long holiday may do so until the day after it.
        var (from, missed) = (DayOf(after).AddDays(-1), DayOf(now).AddDays(-LongestHoliday));
        if (from < missed) from = missed;
        for (var day = from; day <= from.AddDays(2 * LongestHoliday); day = day.AddDays(1))
            if ((time.Kind == TriggerTimeKind.Clock ? AtClock(time.At, day) : BeforeClose(time, day)) is { } moment && moment.At > after) yield return moment;
    }

    /// <summary>A clock time counts on a day that trades, and in a night session that runs past midnight.</summary>
    private TimeMoment? AtClock(TimeOnly clock, DateOnly day)
    {
        var at = On(day, clock);
        if (EveryDay) return new(at, On(day.AddDays(1), TimeOnly.MinValue));
        var window = calendar.WindowAt(plan, at);
        if (window.Phase == SessionPhase.Closed && !_days.IsTradingDay(day)) return null;
        return plan.Day is [.., var last] ? new(at, EndOf(window.TradingDay, last)) : null;
    }

    /// <summary>A night session's close belongs to the evening on which it begins.</summary>
    private TimeMoment? BeforeClose(TriggerTime time, DateOnly day)
    {
        if (CloseOf(plan, time.Close) is not { } span) return null;
        var isHeld = EveryDay || (time.Close == SessionClose.Night ? _days.HasNightSession(day) : _days.IsTradingDay(day));
        if (!isHeld) return null;
        var close = EndOf(day, span);
        return new(close.AddMinutes(-time.Minutes), close);
    }

    private static SessionSpan? CloseOf(SessionPlan plan, SessionClose close) => close switch
    {
        _ when plan.Always => null,
        SessionClose.Night => plan.Night is [.., var last] ? last : null,
        SessionClose.Morning => plan.Day.SkipLast(1).Where(span => span.From.Hour < 12).Cast<SessionSpan?>().LastOrDefault(),
        _ => plan.Day is [.., var last] ? last : null,
    };

    private DateOnly DayOf(DateTimeOffset at) => plan.DayOf(at);

    private DateTimeOffset On(DateOnly day, TimeOnly clock) => plan.At(day, clock);

    private DateTimeOffset EndOf(DateOnly day, SessionSpan span)
    {
        var end = On(day, span.From) + (span.To == span.From ? TimeSpan.FromDays(1) : span.To - span.From);
        return plan.ShortDayEnd is { } early && _days.IsShortDay(day) && On(day, early) < end ? On(day, early) : end;
    }
}
