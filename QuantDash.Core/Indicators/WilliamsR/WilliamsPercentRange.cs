using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>How far the close is below the highest high of the last so many bars, in percent of their range: 0 at the top, −100 at the bottom, and while there is no range.</summary>
public sealed class WilliamsPercentRange(int period = 14) : Indicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(14);
    private HighLow _window = new(Period.Checked(period));
    private double _close;
    private int _bars;

    public static IndicatorDeclaration Declaration { get; } =
        new("williams_r", [BarField.High, BarField.Low, BarField.Close], [Period], ["williams_r"], settings => new WilliamsPercentRange(settings.Whole("period")));

    public override int WarmUpBars => period;
    public double? Value => _bars < period ? null : _window.High > _window.Low ? 100 * ((_close - _window.High) / (_window.High - _window.Low)) : -100;

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    public override void Add(in IndicatorBar bar)
    {
        if (_bars < period) _bars++;
        _window.Add(bar.High, bar.Low);
        _close = bar.Close;
    }
}
