using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>A simple average and so many population standard deviations above and below it. <c>percent_b</c> is where the number stands between them (0 lower, 1 upper; null
/// while they coincide), <c>width</c> their distance as a share of the average.</summary>
public sealed class BollingerBands(int period = 20, double deviations = 2) : SeriesIndicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(20, least: 2);
    private static readonly IndicatorParameter DeviationsParameter = IndicatorParameter.Number("deviations", 2, 0.01, 100);
    private readonly double _deviations = DeviationsParameter.Checked(deviations);
    private RunningMoments _moments = new(Period.Checked(period));
    private double _newest;

    public static IndicatorDeclaration Declaration { get; } =
        IndicatorDeclaration.OfSeries("bollinger", [Period, DeviationsParameter], ["upper", "middle", "lower", "percent_b", "width"], settings => new BollingerBands(settings.Whole("period"), settings["deviations"]) { Source = settings.Source });

    public override int WarmUpBars => period;
    public double? Upper => IsWarm ? _moments.Mean + Distance : null;
    public double? Middle => IsWarm ? _moments.Mean : null;
    public double? Lower => IsWarm ? _moments.Mean - Distance : null;
    public double? PercentB => IsWarm ? Ratio.Of(_newest - _moments.Mean + Distance, 2 * Distance) : null;
    public double? Width => IsWarm ? Ratio.Of(2 * Distance, _moments.Mean) : null;
    internal bool IsWarm => _moments.IsFull;

    private double Distance => _deviations * Math.Sqrt(_moments.Spread / period);

    public override void Read(Span<double?> outputs)
    {
        if (!IsWarm)
        {
            outputs[..5].Clear();
            return;
        }

        var (mean, distance) = (_moments.Mean, Distance);
        (outputs[0], outputs[1], outputs[2], outputs[3], outputs[4]) = (mean + distance, mean, mean - distance, Ratio.Of(_newest - mean + distance, 2 * distance), Ratio.Of(2 * distance, mean));
    }

    protected internal override void Next(double value)
    {
        _newest = value;
        _moments.Add(value);
    }
}
