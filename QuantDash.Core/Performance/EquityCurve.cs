namespace QuantDash.Core.Performance;

/// <summary>A funds curve of bounded length out of any number of samples, taken in order of time: of each span of time the sample with the highest and the
/// lowest equity, the first, the last and every one at which cash came or went stay. On the way it measures, over all samples, how far the result fell
/// below its highest and how long margin was in use.</summary>
public sealed class EquityCurve
{
    /// <summary>A recorded state is taken to hold this long at most: nobody looked longer.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(1);
    private readonly List<EquitySample> _points = [];
    private readonly TimeSpan _span;
    private DateTimeOffset _from;
    private long _bucket = -1;
    private EquitySample _low;
    private EquitySample _high;
    private EquitySample? _last;
    private decimal? _highest;
    private TimeSpan _known;
    private TimeSpan _inMarket;

    /// <param name="span">Of each so long, from the first sample on, at most four points stay; zero: every sample.</param>
    public EquityCurve(TimeSpan span) => _span = span;

    /// <summary>The points in order of time.</summary>
    public IReadOnlyList<EquitySample> Points
    {
        get
        {
            Flush();
            return _points;
        }
    }

    /// <summary>The deepest fall of the result below its highest, in money, ≤ 0; null without samples.</summary>
    public decimal? DeepestFall { get; private set; }

    /// <summary>Share of the known time with margin in use; null when less than two moments are known.</summary>
    public double? Exposure => _known > TimeSpan.Zero ? _inMarket / _known : null;

    public void Add(EquitySample sample)
    {
        if (_last is { } last && sample.At <= last.At) return;
        if (_last is null) _from = sample.At;
        Measure(sample);
        var bucket = _span > TimeSpan.Zero ? (sample.At - _from).Ticks / _span.Ticks : _bucket + 1;
        if (bucket != _bucket || _last?.Deposits != sample.Deposits)
        {
            Flush();
            Keep(sample);
            (_bucket, _low, _high) = (bucket, sample, sample);
        }
        if (sample.Equity < _low.Equity) _low = sample;
        if (sample.Equity > _high.Equity) _high = sample;
        _last = sample;
    }

    private void Measure(EquitySample sample)
    {
        _highest = Math.Max(_highest ?? sample.Result, sample.Result);
        DeepestFall = Math.Min(DeepestFall ?? 0, sample.Result - _highest.Value);
        if (_last is not { } last) return;
        var held = sample.At - last.At < LongestHold ? sample.At - last.At : LongestHold;
        _known += held;
        if (last.Margin > 0) _inMarket += held;
    }

    private void Flush()
    {
        if (_last is not { } last) return;
        var (first, second) = _low.At <= _high.At ? (_low, _high) : (_high, _low);
        Keep(first);
        Keep(second);
        Keep(last);
    }

    private void Keep(EquitySample sample)
    {
        if (_points.Count == 0 || sample.At > _points[^1].At) _points.Add(sample);
    }
}
