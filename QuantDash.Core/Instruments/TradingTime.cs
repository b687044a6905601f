namespace QuantDash.Core.Instruments;

/// <summary>Time that counts for one contract: only continuous sessions do, breaks, auctions, nights and holidays do not. Remembers the sessions it has
/// walked over, so that asking again costs a search. Single-threaded.</summary>
/// <param name="windowAt">The stretch of one phase around an instant.</param>
public sealed class TradingTime(Func<DateTimeOffset, SessionWindow> windowAt)
{
    private readonly List<(DateTimeOffset Start, DateTimeOffset End, TimeSpan Before)> _sessions = [];
    private DateTimeOffset _knownFrom = DateTimeOffset.MaxValue;
    private DateTimeOffset _knownTo = DateTimeOffset.MaxValue;

    /// <summary>Trading time from one instant to another; zero when the second is not later.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to) => to <= from ? TimeSpan.Zero : Elapsed(to, from) - Elapsed(from, from);

    /// <summary>The instant at which <paramref name="time"/> of trading has passed since <paramref name="from"/>; the end of a session rather than the start of
    /// the next.</summary>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan time)
    {
        var target = Elapsed(from, from) + time;
        while (_sessions.Count == 0 || _sessions[^1].Before + (_sessions[^1].End - _sessions[^1].Start) < target) Walk();
        var at = _sessions.FindIndex(session => session.Before + (session.End - session.Start) >= target);
        var found = _sessions[at].Start + (target - _sessions[at].Before);
        return found < from ? from : found;
    }

    /// <summary>Trading time up to an instant since the beginning of what is known, which reaches back to <paramref name="earliest"/>.</summary>
    private TimeSpan Elapsed(DateTimeOffset at, DateTimeOffset earliest)
    {
        if (earliest < _knownFrom) StartAt(earliest);
        while (_knownTo <= at) Walk();
        var index = Latest(at);
        if (index < 0) return TimeSpan.Zero;
        var (start, end, before) = _sessions[index];
        return before + ((at < end ? at : end) - start);
    }

    private void StartAt(DateTimeOffset earliest)
    {
        _sessions.Clear();
        _knownFrom = _knownTo = windowAt(earliest).Start;
    }

    private void Walk()
    {
        var window = windowAt(_knownTo);
        _knownTo = window.End;
        if (window.Phase != SessionPhase.Continuous) return;
        var before = _sessions.Count == 0 ? TimeSpan.Zero : _sessions[^1].Before + (_sessions[^1].End - _sessions[^1].Start);
        _sessions.Add((window.Start, window.End, before));
    }

    /// <summary>The last session that has begun by <paramref name="at"/>; −1 when none has.</summary>
    private int Latest(DateTimeOffset at)
    {
        var (low, high) = (0, _sessions.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_sessions[middle].Start <= at) low = middle + 1;
            else high = middle - 1;
        }
        return high;
    }
}
