using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>Highest high and lowest low of the so many bars before the newest, so that the newest can break out. <c>width</c> is their distance as a share of the middle.</summary>
public sealed class DonchianChannel(int period = 20) : Indicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(20);
    private HighLow _window = new(Period.Checked(period));
    private bool _isWarm;
    private double _upper;
    private double _lower;
    private double _middle;

    public static IndicatorDeclaration Declaration { get; } =
        new("donchian", [BarField.High, BarField.Low], [Period], ["upper", "middle", "lower", "width"], settings => new DonchianChannel(settings.Whole("period")));

    public override int WarmUpBars => period + 1;
    public double? Upper => _isWarm ? _upper : null;
    public double? Middle => _isWarm ? _middle : null;
    public double? Lower => _isWarm ? _lower : null;
    public double? Width => _isWarm ? Ratio.Of(_upper - _lower, _middle) : null;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1], outputs[2], outputs[3]) = (Upper, Middle, Lower, Width);

    public override void Add(in IndicatorBar bar)
    {
        _isWarm = _window.IsFull;
        if (_isWarm) (_upper, _middle, _lower) = (_window.High, _window.Middle, _window.Low);
        _window.Add(bar.High, bar.Low);
    }
}
