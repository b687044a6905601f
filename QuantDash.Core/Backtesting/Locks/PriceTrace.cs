namespace QuantDash.Core.Backtesting.Locks;

/// <summary>A price at a moment, in whole price ticks.</summary>
public readonly record struct PricePoint(DateTimeOffset At, long Ticks);

/// <summary>A price over time in a bounded number of points, for a picture: of each span of time its first, lowest, highest and last.</summary>
internal sealed class PriceTrace(TimeSpan span)
{
    private readonly List<PricePoint> _points = [];
    private long _bucket = -1;
    private PricePoint _low, _high, _last;

    public IReadOnlyList<PricePoint> Points
    {
        get
        {
            Flush();
            return _points;
        }
    }

    public void Add(DateTimeOffset at, long ticks)
    {
        var point = new PricePoint(at, ticks);
        var bucket = at.UtcTicks / span.Ticks;
        if (bucket != _bucket)
        {
            Flush();
            Keep(point);
            (_bucket, _low, _high) = (bucket, point, point);
        }
        if (ticks < _low.Ticks) _low = point;
        if (ticks > _high.Ticks) _high = point;
        _last = point;
    }

    private void Flush()
    {
        if (_bucket < 0) return;
        var (first, second) = _low.At <= _high.At ? (_low, _high) : (_high, _low);
        Keep(first);
        Keep(second);
        Keep(_last);
    }

    private void Keep(PricePoint point)
    {
        if (_points.Count == 0 || point.At > _points[^1].At) _points.Add(point);
    }
}
