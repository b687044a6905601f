using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>Highest high and lowest low of the so many bars before the newest, so that the newest can break out. <c>width</c> is their distance as a share of the middle.</summary>
public sealed class DonchianChannel(int period = 20) : Indicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(20);
    private HighLow _window = new(Period.Checked(period));
    private int _bars;
    private double _upper;
    private double _lower;
    private double _middle;

    public static IndicatorDeclaration Declaration { get; } =
        new("donchian", [BarField.High, BarField.Low], [Period], ["upper", "middle", "lower", "width"], settings => new DonchianChannel(settings.Whole("period")));

    public override int WarmUpBars => period + 1;
    public double? Upper => IsWarm ? _upper : null;
    public double? Middle => IsWarm ? _middle : null;
    public double? Lower => IsWarm ? _lower : null;
    public double? Width => IsWarm ? Ratio.Of(_upper - _lower, _middle) : null;

    internal bool IsWarm => _bars > period;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1], outputs[2], outputs[3]) = (Upper, Middle, Lower, Width);

    public override void Add(in IndicatorBar bar)
    {
        if (_bars <= period) _bars++;
        (_upper, _middle, _lower) = (_window.High, _window.Middle, _window.Low);
        _window.Add(bar.High, bar.Low);
    }
}
