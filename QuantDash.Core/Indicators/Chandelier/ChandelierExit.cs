using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>LeBeau's stop: so many average true ranges below the highest high (for longs) and above the lowest low (for shorts) of the same bars.</summary>
public sealed class ChandelierExit(int period = 22, double multiplier = 3) : Indicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(22);
    private static readonly IndicatorParameter Multiplier = IndicatorParameter.Number("multiplier", 3, 0.01, 100);
    private readonly double _multiplier = Multiplier.Checked(multiplier);
    private readonly TrueRangeAverage _range = new(Period.Checked(period));
    private HighLow _window = new(period);

    public static IndicatorDeclaration Declaration { get; } =
        new("chandelier", [BarField.High, BarField.Low, BarField.Close], [Period, Multiplier], ["long", "short"], settings => new ChandelierExit(settings.Whole("period"), settings["multiplier"]));

    public override int WarmUpBars => period + 1;
    public double? Long => _range.IsWarm ? _window.High - (_multiplier * _range.Latest) : null;
    public double? Short => _range.IsWarm ? _window.Low + (_multiplier * _range.Latest) : null;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1]) = (Long, Short);

    public override void Add(in IndicatorBar bar)
    {
        _window.Add(bar.High, bar.Low);
        _range.Add(bar);
    }
}
