namespace QuantDash.Core.Backtesting.Locks;

/// <summary>Prices of one stretch of time, in whole price ticks.</summary>
public readonly record struct PriceStretch(DateTimeOffset At, long Open, long High, long Low, long Close);

/// <summary>A price over time in a bounded number of stretches, for a picture: none hides a high or a low.</summary>
internal sealed class PriceTrace(TimeSpan span)
{
    private readonly List<PriceStretch> _stretches = [];
    private long _bucket = -1;

    public IReadOnlyList<PriceStretch> Stretches => _stretches;

    public void Add(DateTimeOffset at, long ticks)
    {
        var bucket = at.UtcTicks / span.Ticks;
        if (bucket != _bucket)
        {
            _bucket = bucket;
            _stretches.Add(new(new(bucket * span.Ticks, TimeSpan.Zero), ticks, ticks, ticks, ticks));
            return;
        }
        var last = _stretches[^1];
        _stretches[^1] = last with { High = Math.Max(last.High, ticks), Low = Math.Min(last.Low, ticks), Close = ticks };
    }
}
