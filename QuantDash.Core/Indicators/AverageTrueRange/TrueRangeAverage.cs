namespace QuantDash.Core.Indicators.AverageTrueRange;

/// <summary>Average true range as Wilder defined it: the true range of a bar is the largest of high − low and the two distances from the previous close; the
/// average starts as the plain mean of the first ones and then moves by 1/period. One kernel for a live series and for a whole one (<see cref="Of"/>).</summary>
/// <param name="period">Number of ranges, ≥ 1. The first bar only gives a close: a value needs one bar more.</param>
public sealed class TrueRangeAverage(int period)
{
    private readonly int _period = period >= 1 ? period : throw new ArgumentOutOfRangeException(nameof(period), period, "An average needs at least one range.");
    private double? _previousClose;
    private double _average;
    private int _ranges;

    /// <summary>In units of the price; null before there are enough bars.</summary>
    public double? Value => _ranges >= _period ? _average : null;

    /// <summary>Bars until there is a value.</summary>
    public int Missing => Math.Max(0, _period - _ranges) + (_previousClose is null ? 1 : 0);

    /// <summary>Takes the next completed bar.</summary>
    /// <returns>The average after it.</returns>
    public double? Add(double high, double low, double close)
    {
        if (_previousClose is { } before)
        {
            var range = Math.Max(high - low, Math.Max(Math.Abs(high - before), Math.Abs(low - before)));
            if (_ranges < _period) _ranges++;
            _average += (range - _average) / _ranges;
        }
        _previousClose = close;
        return Value;
    }

    /// <summary>The average after each of a whole series of bars.</summary>
    public static IEnumerable<double?> Of(IEnumerable<(double High, double Low, double Close)> bars, int period)
    {
        var average = new TrueRangeAverage(period);
        foreach (var (high, low, close) in bars) yield return average.Add(high, low, close);
    }
}
