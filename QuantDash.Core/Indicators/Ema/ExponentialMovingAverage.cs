namespace QuantDash.Core.Indicators;

/// <summary>The mean of the first so many numbers, then 2 ÷ (period + 1) of the way to each further one. It never quite forgets: 3 periods after the first value 5 % of it are left.</summary>
public sealed class ExponentialMovingAverage(int period) : SeriesIndicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(20);
    private readonly double _share = 2.0 / (Period.Checked(period) + 1);
    private int _count;

    public static IndicatorDeclaration Declaration { get; } =
        IndicatorDeclaration.OfSeries("ema", [Period], ["ema"], settings => new ExponentialMovingAverage(settings.Whole("period")) { Source = settings.Source });

    public override int WarmUpBars => period;
    public double? Value => IsWarm ? Latest : null;
    internal bool IsWarm => _count == period;
    internal double Latest { get; private set; }

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    protected internal override void Next(double value)
    {
        if (_count == period)
        {
            Latest += _share * (value - Latest);
            return;
        }

        Latest += value;
        if (++_count == period) Latest /= period;
    }
}
