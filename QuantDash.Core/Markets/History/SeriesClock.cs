using QuantDash.Core.Instruments;

namespace QuantDash.Core.Markets.History;

/// <summary>When a series trades, asked in order of time: remembers the last answer. Single-threaded.</summary>
/// <param name="sessions">Null: nobody knows; every day is a local day.</param>
/// <param name="zone">Whose midnight ends a day where sessions do not.</param>
internal sealed class SeriesClock(SessionPlan? sessions, TradingCalendar calendar, TimeZoneInfo zone)
{
    /// <summary>Bars of later hours count for the next trading day where no session says so.</summary>
    private static readonly TimeSpan Evening = TimeSpan.FromHours(18);

    private readonly TradingCalendar _days = sessions is null ? calendar : calendar.Of(sessions);
    private SessionWindow? _last;

    /// <summary>Whether sessions open and close; not so around the clock.</summary>
    public bool HasSessions => sessions is { Always: false };

    /// <summary>The stretch of one phase around an instant; null when sessions are unknown or never end.</summary>
    public SessionWindow? WindowAt(long at)
    {
        if (!HasSessions) return null;
        var time = DateTimeOffset.FromUnixTimeMilliseconds(at);
        if (_last?.Covers(time) != true) _last = calendar.WindowAt(sessions!, time);
        return _last;
    }

    /// <summary>The trading day that an instant within a bar counts for.</summary>
    public DateOnly TradingDay(long at)
    {
        var local = LocalTime(at);
        var day = DateOnly.FromDateTime(local);
        if (WindowAt(at) is not { } window) return day;
        if (window.Phase != SessionPhase.Closed) return window.TradingDay;
        // Sessions of former years ended later: what stands behind today's end still belongs to that day.
        return _days.IsTradingDay(day) && local.TimeOfDay < Evening ? day : window.TradingDay;
    }

    /// <summary>Whether bars of a length that count from the exchange's midnight begin at an instant.</summary>
    public bool IsOnClock(long at, long length) => LocalTime(at).TimeOfDay.Ticks % (length * TimeSpan.TicksPerMillisecond) == 0;

    /// <summary>First instant of a trading day and first one after it: of its sessions where they are known, else from midnight to midnight.</summary>
    public (long Start, long End) BoundsOf(DateOnly day)
    {
        if (!HasSessions) return (Midnight(day), Midnight(day.AddDays(1)));
        var evening = _days.PreviousTradingDay(day);
        var hasNight = sessions!.Night.Count > 0 && _days.HasNightSession(evening);
        var start = hasNight ? At(evening, sessions.Night[0].From) : At(day, sessions.Day[0].From);
        return (start, At(day, sessions.DayOn(day).Last().To));
    }

    /// <summary>The date on the exchange's clock.</summary>
    public DateOnly LocalDay(long at) => DateOnly.FromDateTime(LocalTime(at));

    private DateTime LocalTime(long at)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(at);
        return sessions is { } plan ? plan.LocalTime(time) : TimeZoneInfo.ConvertTime(time, zone).DateTime;
    }

    private long Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return (sessions?.At(day, TimeOnly.MinValue) ?? new DateTimeOffset(local, zone.GetUtcOffset(local))).ToUnixTimeMilliseconds();
    }

    private long At(DateOnly day, TimeOnly time) => sessions!.At(day, time).ToUnixTimeMilliseconds();
}
