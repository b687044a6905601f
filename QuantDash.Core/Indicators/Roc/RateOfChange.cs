using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>The change over so many bars, in units of the numbers (<c>momentum</c>) and in percent of the former one (<c>roc</c>; null where that is zero).</summary>
public sealed class RateOfChange(int period = 14) : SeriesIndicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(14);
    private Ring<double> _ring = new(Period.Checked(period));
    private int _count;
    private double _former;
    private double _newest;

    public static IndicatorDeclaration Declaration { get; } =
        IndicatorDeclaration.OfSeries("roc", [Period], ["momentum", "roc"], settings => new RateOfChange(settings.Whole("period")) { Source = settings.Source });

    public override int WarmUpBars => period + 1;
    public double? Momentum => IsWarm ? _newest - _former : null;
    public double? Percent => IsWarm ? Ratio.Of(100 * (_newest - _former), _former) : null;
    internal bool IsWarm => _count > period;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1]) = (Momentum, Percent);

    protected internal override void Next(double value)
    {
        if (_count <= period) _count++;
        _newest = value;
        _former = _ring.Push(value);
    }
}
