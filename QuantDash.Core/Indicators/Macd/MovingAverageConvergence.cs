using System.Globalization;

namespace QuantDash.Core.Indicators;

/// <summary>MACD: a fast exponential average less a slow one, that difference's own average (signal), and the distance of the two (histogram), in units of the numbers. Each
/// average begins with a plain mean.</summary>
public sealed class MovingAverageConvergence : SeriesIndicator
{
    private static readonly IndicatorParameter Fast = IndicatorParameter.Bars("fast", 12);
    private static readonly IndicatorParameter Slow = IndicatorParameter.Bars("slow", 26, least: 2);
    private static readonly IndicatorParameter SignalPeriod = IndicatorParameter.Bars("signal", 9);
    private readonly ExponentialMovingAverage _fast;
    private readonly ExponentialMovingAverage _slow;
    private readonly ExponentialMovingAverage _signal;

    public MovingAverageConvergence(int fast = 12, int slow = 26, int signal = 9)
    {
        (_fast, _slow, _signal) = (new(Fast.Checked(fast)), new(Slow.Checked(slow)), new(SignalPeriod.Checked(signal)));
        if (fast >= slow) throw new RefusedValueException(nameof(fast), fast, string.Create(CultureInfo.InvariantCulture, $"less than slow, {slow}"));
    }

    public static IndicatorDeclaration Declaration { get; } =
        IndicatorDeclaration.OfSeries("macd", [Fast, Slow, SignalPeriod], ["macd", "signal", "histogram"], settings => new MovingAverageConvergence(settings.Whole("fast"), settings.Whole("slow"), settings.Whole("signal")) { Source = settings.Source });

    public override int WarmUpBars => _slow.WarmUpBars + _signal.WarmUpBars - 1;
    public double? Value => _slow.IsWarm ? Latest : null;
    public double? Signal => _signal.Value;
    public double? Histogram => Latest - _signal.Value;

    private double Latest => _fast.Latest - _slow.Latest;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1], outputs[2]) = (Value, Signal, Histogram);

    protected internal override void Next(double value)
    {
        _fast.Next(value);
        _slow.Next(value);
        if (_slow.IsWarm) _signal.Next(Latest);
    }
}
