using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>Population standard deviation and mean of the last so many numbers, and by how many deviations the newest is off (<c>z_score</c>; null while all are the same).</summary>
public sealed class StandardDeviation(int period = 14) : SeriesIndicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(14, least: 2);
    private RunningMoments _moments = new(Period.Checked(period));
    private double _newest;

    public static IndicatorDeclaration Declaration { get; } =
        IndicatorDeclaration.OfSeries("standard_deviation", [Period], ["standard_deviation", "mean", "z_score"], settings => new StandardDeviation(settings.Whole("period")) { Source = settings.Source });

    public override int WarmUpBars => period;
    public double? Value => IsWarm ? Latest : null;
    public double? Mean => IsWarm ? _moments.Mean : null;
    public double? ZScore => IsWarm ? Ratio.Of(_newest - _moments.Mean, Latest) : null;
    internal bool IsWarm => _moments.IsFull;

    private double Latest => Math.Sqrt(_moments.Spread / period);

    public override void Read(Span<double?> outputs)
    {
        if (!IsWarm)
        {
            outputs[..3].Clear();
            return;
        }

        var (mean, deviation) = (_moments.Mean, Latest);
        (outputs[0], outputs[1], outputs[2]) = (deviation, mean, Ratio.Of(_newest - mean, deviation));
    }

    protected internal override void Next(double value)
    {
        _newest = value;
        _moments.Add(value);
    }
}
