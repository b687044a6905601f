using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>An exponential average of closes and so many average true ranges above and below it. <c>width</c> is the distance of the two as a share of the average.</summary>
public sealed class KeltnerChannel(int period = 20, double multiplier = 2, int rangePeriod = 10) : Indicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(20);
    private static readonly IndicatorParameter Multiplier = IndicatorParameter.Number("multiplier", 2, 0.01, 100);
    private static readonly IndicatorParameter RangePeriod = IndicatorParameter.Bars("atr_period", 10);
    private readonly double _multiplier = Multiplier.Checked(multiplier);
    private readonly ExponentialMovingAverage _average = new(Period.Checked(period));
    private readonly TrueRangeAverage _range = new(RangePeriod.Checked(rangePeriod));

    public static IndicatorDeclaration Declaration { get; } = new(
        "keltner",
        [BarField.High, BarField.Low, BarField.Close],
        [Period, Multiplier, RangePeriod],
        ["upper", "middle", "lower", "width"],
        settings => new KeltnerChannel(settings.Whole("period"), settings["multiplier"], settings.Whole("atr_period")));

    public override int WarmUpBars => Math.Max(_average.WarmUpBars, _range.WarmUpBars);
    public double? Upper => IsWarm ? _average.Latest + Distance : null;
    public double? Middle => IsWarm ? _average.Latest : null;
    public double? Lower => IsWarm ? _average.Latest - Distance : null;
    public double? Width => IsWarm ? Ratio.Of(2 * Distance, _average.Latest) : null;
    internal bool IsWarm => _average.IsWarm && _range.IsWarm;

    private double Distance => _multiplier * _range.Latest;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1], outputs[2], outputs[3]) = (Upper, Middle, Lower, Width);

    public override void Add(in IndicatorBar bar)
    {
        _average.Next(bar.Close);
        _range.Add(bar);
    }
}
