using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>The mean of the last so many numbers, in their unit.</summary>
public sealed class SimpleMovingAverage(int period) : SeriesIndicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(20);
    private Ring<double> _ring = new(Period.Checked(period));
    private RunningSum _sum;
    private int _count;

    public static IndicatorDeclaration Declaration { get; } =
        IndicatorDeclaration.OfSeries("sma", [Period], ["sma"], settings => new SimpleMovingAverage(settings.Whole("period")) { Source = settings.Source });

    public override int WarmUpBars => period;
    public double? Value => IsWarm ? Latest : null;
    internal bool IsWarm => _count == period;
    internal double Latest => _sum.Value / period;

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    protected internal override void Next(double value)
    {
        if (_count < period) _count++;
        _sum.Replace(_ring.Push(value), value);
    }
}
