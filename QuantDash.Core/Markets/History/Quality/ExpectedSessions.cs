using QuantDash.Core.Instruments;

namespace QuantDash.Core.Markets.History.Quality;

/// <summary>The sessions in which a series should have bars, and where in them its bars lie.</summary>
internal sealed class ExpectedSessions(SessionPlan sessions, TradingCalendar calendar, Timeframe timeframe)
{
    private readonly long _length = (long)timeframe.Length.TotalMilliseconds;
    private readonly TradingCalendar _days = calendar.Of(sessions);

    /// <summary>Continuous sessions of a trading day in order of time, the night's first.</summary>
    public IEnumerable<(long Start, long End)> On(DateOnly day)
    {
        if (sessions.Always)
        {
            var midnight = At(day, TimeOnly.MinValue);
            yield return (midnight, midnight + (long)TimeSpan.FromDays(1).TotalMilliseconds);
            yield break;
        }

        var evening = _days.PreviousTradingDay(day);
        if (_days.HasNightSession(evening))
        {
            foreach (var span in sessions.Night) yield return Span(evening, span);
        }

        foreach (var span in sessions.DayOn(day)) yield return Span(day, span);
    }

    /// <summary>Bars start on the exchange's clock and end with the session at the latest.</summary>
    public IEnumerable<(long Start, long End)> BarsWithin(long start, long end)
    {
        var offset = (long)sessions.OffsetAt(DateTimeOffset.FromUnixTimeMilliseconds(start)).TotalMilliseconds;
        for (var at = start; at < end;)
        {
            var next = Math.Min(end, at + _length - ((at + offset) % _length));
            yield return (at, next);
            at = next;
        }
    }

    private (long Start, long End) Span(DateOnly date, SessionSpan span)
    {
        var start = At(date, span.From);
        var length = span.To == span.From ? TimeSpan.FromDays(1) : span.To - span.From;
        return (start, start + (long)length.TotalMilliseconds);
    }

    private long At(DateOnly date, TimeOnly time) => sessions.At(date, time).ToUnixTimeMilliseconds();
}
