using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>The least-squares line through the last so many numbers: its slope per bar, its height at the newest bar (<c>end</c>) and before the first bar of the whole series
/// (<c>intercept</c>), the numbers' population deviation, and how much of it the line explains (<c>r_squared</c>, 0 to 1; null while all numbers are the same).</summary>
public sealed class LinearSlope(int period = 14) : SeriesIndicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(14, least: 2);
    private RunningMoments _moments = new(Period.Checked(period));
    private long _bars;

    public static IndicatorDeclaration Declaration { get; } =
        IndicatorDeclaration.OfSeries("slope", [Period], ["slope", "intercept", "end", "standard_deviation", "r_squared"], settings => new LinearSlope(settings.Whole("period")) { Source = settings.Source });

    public override int WarmUpBars => period;
    public double? Slope => IsWarm ? _moments.Slope : null;
    public double? Intercept => IsWarm ? _moments.Mean - (_moments.Slope * (_bars - ((period - 1) * 0.5))) : null;
    public double? End => IsWarm ? _moments.Mean + (_moments.Slope * (period - 1) * 0.5) : null;
    public double? Deviation => IsWarm ? Math.Sqrt(_moments.Spread / period) : null;
    public double? RSquared => IsWarm && Ratio.Of(_moments.Slope * _moments.Slope * _moments.SpreadOfPlaces, _moments.Spread) is { } share ? Math.Min(1, share) : null;
    internal bool IsWarm => _moments.IsFull;

    public override void Read(Span<double?> outputs)
    {
        if (!IsWarm)
        {
            outputs[..5].Clear();
            return;
        }

        (outputs[0], outputs[1], outputs[2], outputs[3], outputs[4]) = (_moments.Slope, Intercept, End, Deviation, RSquared);
    }

    protected internal override void Next(double value)
    {
        _bars++;
        _moments.Add(value);
    }
}
