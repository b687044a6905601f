using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Live;

/// <summary>The intraday line of one contract: one point a second at most, thinned when it grows long so that a browser can draw a whole day.</summary>
public sealed class PriceTrace(Contract contract)
{
    private const int Most = 6000;
    private readonly List<TracePoint> _points = [];
    private TimeSpan _step = TimeSpan.FromSeconds(1);

    public Contract Contract => contract;
    public IReadOnlyList<TracePoint> Points => _points;

    /// <summary>The part of the day that was before this page: a minute is its open, its extremes in between, and its close.</summary>
    public void Begin(IReadOnlyList<Bar> minutes)
    {
        foreach (var bar in minutes)
        {
            var third = (bar.End - bar.Start) / 3;
            var rising = bar.Close >= bar.Open;
            Add(bar.Start, bar.Open);
            Add(bar.Start + third, rising ? bar.Low : bar.High);
            Add(bar.Start + (2 * third), rising ? bar.High : bar.Low);
            Add(bar.End - TimeSpan.FromSeconds(1), bar.Close);
        }
    }

    public void Add(in Tick tick) => Add(tick.OccurredAt, contract.PriceAt(tick.LastTicks));

    private void Add(DateTimeOffset at, Price price)
    {
        var point = new TracePoint(at, (double)price.Value);
        if (_points.Count > 0 && at < _points[^1].At) return;
        if (_points.Count > 1 && at - _points[^2].At < _step) _points[^1] = point;
        else _points.Add(point);
        if (_points.Count > Most) Thin();
    }

    private void Thin()
    {
        _step *= 2;
        var kept = new List<TracePoint>(Most);
        foreach (var point in _points)
        {
            if (kept.Count > 1 && point.At - kept[^2].At < _step) kept[^1] = point;
            else kept.Add(point);
        }

        _points.Clear();
        _points.AddRange(kept);
    }
}

public readonly record struct TracePoint(DateTimeOffset At, double Price);
