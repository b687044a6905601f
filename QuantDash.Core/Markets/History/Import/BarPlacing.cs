using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History.Import;

/// <summary>Gives lines that are in order of time the span and the trading day of their bars. A session's end cuts a bar short; nothing else does.</summary>
internal sealed class BarPlacing(Timeframe timeframe, BarStamp stamp, SeriesClock clock)
{
    private readonly long _length = (long)timeframe.Length.TotalMilliseconds;

    /// <summary>The bar of a line between its neighbours, or what is wrong with where it stands.</summary>
    /// <param name="previous">The bar placed before; null at the beginning.</param>
    /// <param name="next">The instant printed on the line behind; <see cref="long.MaxValue"/> at the end.</param>
    public Problem? Place(in BarLine line, HistoryBar? previous, long next, out HistoryBar bar)
    {
        var (start, end) = timeframe.IsDay ? DayOf(line.Stamp) : stamp == BarStamp.Start ? FromStart(line.Stamp, next) : FromEnd(line.Stamp, previous?.End);
        bar = new HistoryBar
        {
            Start = start,
            End = end,
            TradingDay = (timeframe.IsDay ? DayAt(line.Stamp) : clock.TradingDay(stamp == BarStamp.Start ? start : end - 1)).DayNumber,
            Open = line.Open,
            High = line.High,
            Low = line.Low,
            Close = line.Close,
            Volume = line.Volume,
            OpenInterest = line.OpenInterest,
        };
        return previous is { } before && start < before.End
            ? new("time", "bar_spacing", DateTimeOffset.FromUnixTimeMilliseconds(line.Stamp), timeframe.ToString())
            : null;
    }

    private DateOnly DayAt(long at) => clock.LocalDay(stamp == BarStamp.Start ? at : at - 1);

    private (long Start, long End) DayOf(long at) => clock.BoundsOf(DayAt(at));

    private (long Start, long End) FromStart(long start, long next)
    {
        var end = start + _length;
        if (clock.WindowAt(start) is not { Phase: SessionPhase.Continuous } window) return (start, end);
        // Bars cut by the clock, not counted from the session's start, begin with a short one.
        if (next < end && start == window.Start.ToUnixTimeMilliseconds() && clock.IsOnClock(next, _length)) return (start, next);
        var close = window.End.ToUnixTimeMilliseconds();
        // A bar that goes on behind a break ends by the clock; one that another follows after the break ended with the session.
        var reopens = clock.WindowAt(close) is { Phase: SessionPhase.Closed } pause ? pause.End.ToUnixTimeMilliseconds() : close;
        return close < end && (reopens >= end || (close <= next && next < end)) ? (start, close) : (start, end);
    }

    private (long Start, long End) FromEnd(long end, long? previousEnd)
    {
        var start = end - _length;
        if (clock.WindowAt(end - 1) is not { Phase: SessionPhase.Continuous } window) return (start, end);
        var open = window.Start.ToUnixTimeMilliseconds();
        var closed = ClosedBefore(open);
        if (open > start && closed <= start) start = open;
        var isLastOfSession = window.End.ToUnixTimeMilliseconds() == end;
        return previousEnd > start && previousEnd < end && (isLastOfSession || previousEnd <= open) ? (Math.Max(open, previousEnd.Value), end) : (start, end);
    }

    /// <summary>Since when nobody traded before a session's beginning; an auction is part of it.</summary>
    private long ClosedBefore(long open)
    {
        var before = clock.WindowAt(open - 1)!;
        if (before.Phase == SessionPhase.Auction) before = clock.WindowAt(before.Start.ToUnixTimeMilliseconds() - 1)!;
        return before.Phase == SessionPhase.Closed ? before.Start.ToUnixTimeMilliseconds() : open;
    }
}
