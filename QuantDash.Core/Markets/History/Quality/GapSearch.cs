using QuantDash.Core.Instruments;

namespace QuantDash.Core.Markets.History.Quality;

/// <summary>Finds the time a series should cover and does not.</summary>
internal sealed class GapSearch(BarColumns bars, SessionPlan? sessions, TradingCalendar calendar)
{
    private readonly List<BarGap> _gaps = [];
    private int _next;

    /// <summary>Null when sessions are unknown.</summary>
    public int? Expected { get; private set; }

    public IReadOnlyList<BarGap> Find()
    {
        if (bars.Count == 0) return [];
        if (bars.Key.Timeframe.IsDay || sessions is null) FindDays();
        else FindBars(new(sessions, calendar, bars.Key.Timeframe));
        return _gaps;
    }

    private DateOnly FirstDay => CountsByClock ? DayOf(bars.Starts.Span[0]) : DateOnly.FromDayNumber(bars.TradingDays.Span[0]);

    private DateOnly LastDay => CountsByClock ? DayOf(bars.Ends.Span[^1] - 1) : DateOnly.FromDayNumber(bars.TradingDays.Span[^1]);

    private bool IsAlways => sessions is { Always: true };

    private bool CountsByClock => IsAlways && !bars.Key.Timeframe.IsDay;

    /// <summary>Around the clock a file's own days may be those of another zone.</summary>
    private DateOnly DayOf(long at) => sessions!.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(at));

    private bool IsTradingDay(DateOnly day) => IsAlways || (sessions is null ? day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) : calendar.Of(sessions).IsTradingDay(day));

    private bool Knows(DateOnly day) => IsAlways || (sessions is not null && calendar.Of(sessions).Knows(day));

    private IEnumerable<DateOnly> TradingDays()
    {
        for (var day = FirstDay; day <= LastDay; day = day.AddDays(1))
        {
            if (IsTradingDay(day)) yield return day;
        }
    }

    private void FindDays()
    {
        var clock = new SeriesClock(sessions, calendar, TimeZoneInfo.Utc);
        var present = new HashSet<int>(bars.TradingDays.ToArray());
        var expected = 0;
        foreach (var day in TradingDays())
        {
            expected++;
            if (present.Contains(day.DayNumber)) continue;
            if (!Knows(day)) expected--;
            var (start, end) = clock.BoundsOf(day);
            _gaps.Add(new(day, start, end, 1, Knows(day) ? BarGapKind.WholeDay : BarGapKind.UnknownCalendar));
        }

        if (sessions is not null && bars.Key.Timeframe.IsDay) Expected = expected;
    }

    private void FindBars(ExpectedSessions plan)
    {
        var (from, to) = (bars.Starts.Span[0], bars.Ends.Span[^1]);
        Expected = 0;
        foreach (var day in TradingDays())
        {
            // What lies before the first bar or behind the last is not missing: the series begins and ends somewhere.
            var held = plan.On(day).Where(session => session.End > from && session.Start < to).Select(session => Look(plan, session, from, to)).ToList();
            if (held.Count == 0) continue;
            if (held.Count > 1 && held.All(session => session.Present == 0)) AddWholeDay(day, held);
            else held.ForEach(session => AddSession(day, session));
        }
    }

    private Session Look(ExpectedSessions plan, (long Start, long End) session, long from, long to)
    {
        var starts = bars.Starts.Span;
        var ends = bars.Ends.Span;
        var found = new Session(session.Start, session.End);
        foreach (var (start, end) in plan.BarsWithin(session.Start, session.End))
        {
            if (end <= from || start >= to) continue;
            while (_next < starts.Length && ends[_next] <= start) _next++;
            found.Expected++;
            if (_next < starts.Length && starts[_next] < end) found.Present++;
            else found.Miss(start, end);
        }

        return found;
    }

    private void AddWholeDay(DateOnly day, List<Session> held)
    {
        var missing = held.Sum(session => session.Expected);
        var isKnown = Knows(day);
        if (isKnown) Expected += missing;
        _gaps.Add(new(day, held[0].Start, held[^1].End, missing, isKnown ? BarGapKind.WholeDay : BarGapKind.UnknownCalendar));
    }

    private void AddSession(DateOnly day, Session session)
    {
        var isWhole = session.Present == 0;
        if (isWhole && !Knows(day))
        {
            _gaps.Add(new(day, session.Start, session.End, session.Expected, BarGapKind.UnknownCalendar));
            return;
        }

        Expected += session.Expected;
        var kind = !isWhole ? BarGapKind.WithinSession : IsAlways ? BarGapKind.WholeDay : BarGapKind.WholeSession;
        _gaps.AddRange(session.Gaps.Select(gap => new BarGap(day, gap.Start, gap.End, gap.Count, kind)));
    }

    private sealed class Session(long start, long end)
    {
        private readonly List<(long Start, long End, int Count)> _gaps = [];

        public long Start => start;
        public long End => end;
        public int Expected { get; set; }
        public int Present { get; set; }
        public IReadOnlyList<(long Start, long End, int Count)> Gaps => _gaps;

        public void Miss(long from, long to)
        {
            if (_gaps is [.., var last] && last.End == from) _gaps[^1] = (last.Start, to, last.Count + 1);
            else _gaps.Add((from, to, 1));
        }
    }
}
