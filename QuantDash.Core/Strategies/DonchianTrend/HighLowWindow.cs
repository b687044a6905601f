namespace QuantDash.Core.Strategies.DonchianTrend;

/// <summary>Highest high and lowest low of the last so many bars, in whole ticks.</summary>
internal sealed class HighLowWindow(int length)
{
    private readonly long[] _highs = new long[length];
    private readonly long[] _lows = new long[length];
    private int _next;
    private int _count;

    public bool IsFull => _count == _highs.Length;
    public long High { get; private set; }
    public long Low { get; private set; }

    public void Add(long high, long low)
    {
        var (oldHigh, oldLow, wasFull) = (_highs[_next], _lows[_next], IsFull);
        (_highs[_next], _lows[_next]) = (high, low);
        _next = (_next + 1) % _highs.Length;
        if (!wasFull) _count++;
        // Only when the extreme itself leaves are the others looked at again.
        High = _count == 1 || high >= High ? high : wasFull && oldHigh == High ? Highest() : High;
        Low = _count == 1 || low <= Low ? low : wasFull && oldLow == Low ? Lowest() : Low;
    }

    private long Highest()
    {
        var highest = _highs[0];
        foreach (var high in _highs.AsSpan(0, _count)) highest = Math.Max(highest, high);
        return highest;
    }

    private long Lowest()
    {
        var lowest = _lows[0];
        foreach (var low in _lows.AsSpan(0, _count)) lowest = Math.Min(lowest, low);
        return lowest;
    }
}
