namespace QuantDash.Core.Indicators;

/// <summary>Average true range as Wilder defined it: the true range of a bar is the largest of high − low and the two distances from the previous close; the
/// average starts as the plain mean of the first ones and then moves by 1/period. One kernel for a live series and for a whole one (<see cref="Of"/>).</summary>
/// <param name="period">Number of ranges, ≥ 1. The first bar only gives a close: a value needs one bar more.</param>
public sealed class TrueRangeAverage(int period) : Indicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(14);
    private readonly int _period = period >= 1 ? period : throw new ArgumentOutOfRangeException(nameof(period), period, "An average needs at least one range.");
    private RangeOfBars _range;
    private bool _hasBar;
    private double _average;
    private int _ranges;

    public static IndicatorDeclaration Declaration { get; } =
        new("atr", [BarField.High, BarField.Low, BarField.Close], [Period], ["atr"], settings => new TrueRangeAverage(settings.Whole("period")));

    public override int WarmUpBars => _period + 1;

    /// <summary>In units of the price; null before there are enough bars.</summary>
    public double? Value => IsWarm ? _average : null;

    /// <summary>Bars until there is a value.</summary>
    public int Missing => _period - _ranges + (_hasBar ? 0 : 1);

    internal bool IsWarm => _ranges == _period;
    internal double Latest => _average;

    public override void Read(Span<double?> outputs) => outputs[0] = Value;
    public override void Add(in IndicatorBar bar) => Next(bar.High, bar.Low, bar.Close);

    /// <summary>Takes the next completed bar.</summary>
    /// <returns>The average after it.</returns>
    public double? Add(double high, double low, double close)
    {
        Next(IndicatorBar.Checked(high), IndicatorBar.Checked(low), IndicatorBar.Checked(close));
        return Value;
    }

    /// <summary>The average after each of a whole series of bars.</summary>
    public static IEnumerable<double?> Of(IEnumerable<(double High, double Low, double Close)> bars, int period)
    {
        var average = new TrueRangeAverage(period);
        foreach (var (high, low, close) in bars) yield return average.Add(high, low, close);
    }

    private void Next(double high, double low, double close)
    {
        var range = _range.Next(high, low, close);
        _hasBar = true;
        if (range < 0) return;
        if (_ranges < _period) _ranges++;
        _average += (range - _average) / _ranges;
    }
}
