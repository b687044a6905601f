using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>Hull's average: a weighted average of √n of twice that of n ÷ 2 less that of n, which takes most of the lag out. Halves and roots are rounded down.</summary>
public sealed class HullMovingAverage(int period) : SeriesIndicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(20, least: 2);
    private WeightedSum _whole = new(Period.Checked(period));
    private WeightedSum _half = new(period / 2);
    private WeightedSum _smooth = new((int)Math.Sqrt(period));
    private int _count;

    public static IndicatorDeclaration Declaration { get; } =
        IndicatorDeclaration.OfSeries("hma", [Period], ["hma"], settings => new HullMovingAverage(settings.Whole("period")) { Source = settings.Source });

    public override int WarmUpBars { get; } = period + (int)Math.Sqrt(period) - 1;
    public double? Value => _count == WarmUpBars ? _smooth.Average : null;

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    protected internal override void Next(double value)
    {
        if (_count < WarmUpBars) _count++;
        _whole.Add(value);
        _half.Add(value);
        if (_count >= period) _smooth.Add((2 * _half.Average) - _whole.Average);
    }
}
