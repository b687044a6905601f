namespace QuantDash.Core.Instruments;

/// <summary>The open stretches of a plan around one instant, in time order: enough of them that one ends before and one starts after it.</summary>
internal sealed class SessionTimeline
{
    private readonly SessionPlan _plan;
    private readonly TradingCalendar _calendar;
    private readonly List<SessionWindow> _open = [];

    private SessionTimeline(SessionPlan plan, TradingCalendar calendar) => (_plan, _calendar) = (plan, calendar);

    public static SessionTimeline Around(SessionPlan plan, DateTimeOffset at, TradingCalendar calendar)
    {
        var days = calendar.Of(plan);
        var timeline = new SessionTimeline(plan, days);
        var current = days.OnOrAfter(plan.DayOf(at));
        timeline.Add(days.PreviousTradingDay(current));
        timeline.Add(current);
        timeline.Add(days.NextTradingDay(current));
        return timeline;
    }

    public static SessionWindow WholeDay(SessionPlan plan, DateTimeOffset at)
    {
        var day = plan.DayOf(at);
        return new(SessionPhase.Continuous, day, plan.At(day, TimeOnly.MinValue), plan.At(day.AddDays(1), TimeOnly.MinValue));
    }

    public SessionWindow WindowAt(DateTimeOffset at)
    {
        var next = _open.FindIndex(window => window.End > at);
        var window = _open[next];
        return window.Covers(at) ? window : new(SessionPhase.Closed, window.TradingDay, _open[next - 1].End, window.Start);
    }

    private void Add(DateOnly tradingDay)
    {
        var evening = _calendar.PreviousTradingDay(tradingDay);
        var spans = new List<SessionWindow>();
        if (_calendar.HasNightSession(evening))
        {
            spans.AddRange(_plan.NightAuctions.Select(span => Window(SessionPhase.Auction, tradingDay, evening, span)));
            spans.AddRange(_plan.Night.Select(span => Window(SessionPhase.Continuous, tradingDay, evening, span)));
        }

        spans.AddRange(_plan.DayAuctionsOn(tradingDay).Select(span => Window(SessionPhase.Auction, tradingDay, tradingDay, span)));
        spans.AddRange(_plan.DayOn(tradingDay).Select(span => Window(SessionPhase.Continuous, tradingDay, tradingDay, span)));
        foreach (var span in spans.OrderBy(span => span.Start)) Append(span);
    }

    private void Append(SessionWindow window)
    {
        if (_open is [.., var last] && last.End == window.Start && last.Phase == window.Phase && last.TradingDay == window.TradingDay)
            _open[^1] = last with { End = window.End };
        else
            _open.Add(window);
    }

    private SessionWindow Window(SessionPhase phase, DateOnly tradingDay, DateOnly date, SessionSpan span)
    {
        var start = _plan.At(date, span.From);
        var length = span.To == span.From ? TimeSpan.FromDays(1) : span.To - span.From;
        return new(phase, tradingDay, start, start + length);
    }
}
