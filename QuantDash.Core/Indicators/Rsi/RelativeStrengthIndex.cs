using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>Wilder's relative strength, 0 to 100: what share of the movement was upward. 100 as long as nothing fell, a market that does not move at all included.</summary>
public sealed class RelativeStrengthIndex(int period) : SeriesIndicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(14);
    private WilderAverage _gain = new(Period.Checked(period));
    private WilderAverage _loss = new(period);
    private double _before;
    private bool _hasBefore;

    public static IndicatorDeclaration Declaration { get; } =
        IndicatorDeclaration.OfSeries("rsi", [Period], ["rsi"], settings => new RelativeStrengthIndex(settings.Whole("period")) { Source = settings.Source });

    public override int WarmUpBars => period + 1;
    public double? Value => !_gain.IsWarm ? null : _loss.Value > 0 ? 100 * (_gain.Value / (_gain.Value + _loss.Value)) : 100;

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    protected internal override void Next(double value)
    {
        var change = value - _before;
        _before = value;
        if (!_hasBefore)
        {
            _hasBefore = true;
            return;
        }

        _gain.Add(double.MaxNative(0, change));
        _loss.Add(double.MaxNative(0, -change));
    }
}
