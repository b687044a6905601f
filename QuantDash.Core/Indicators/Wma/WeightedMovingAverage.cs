using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>The mean of the last n numbers, weighted 1 (the oldest) to n (the newest).</summary>
public sealed class WeightedMovingAverage(int period) : SeriesIndicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(20);
    private WeightedSum _sum = new(Period.Checked(period));
    private int _count;

    public static IndicatorDeclaration Declaration { get; } =
        IndicatorDeclaration.OfSeries("wma", [Period], ["wma"], settings => new WeightedMovingAverage(settings.Whole("period")) { Source = settings.Source });

    public override int WarmUpBars => period;
    public double? Value => IsWarm ? _sum.Average : null;
    internal bool IsWarm => _count == period;

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    protected internal override void Next(double value)
    {
        if (_count < period) _count++;
        _sum.Add(value);
    }
}
