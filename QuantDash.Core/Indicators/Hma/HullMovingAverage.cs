namespace QuantDash.Core.Indicators;

/// <summary>Hull's average: a weighted average of √n of twice that of n ÷ 2 less that of n, which takes most of the lag out. Halves and roots are rounded down.</summary>
public sealed class HullMovingAverage(int period) : SeriesIndicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(20, least: 2);
    private readonly WeightedMovingAverage _whole = new(Period.Checked(period));
    private readonly WeightedMovingAverage _half = new(period / 2);
    private readonly WeightedMovingAverage _smooth = new((int)Math.Sqrt(period));

    public static IndicatorDeclaration Declaration { get; } =
        IndicatorDeclaration.OfSeries("hma", [Period], ["hma"], settings => new HullMovingAverage(settings.Whole("period")) { Source = settings.Source });

    public override int WarmUpBars => period + _smooth.WarmUpBars - 1;
    public double? Value => _smooth.Value;

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    protected internal override void Next(double value)
    {
        _whole.Next(value);
        _half.Next(value);
        if (_whole.IsWarm) _smooth.Next((2 * _half.Latest) - _whole.Latest);
    }
}
