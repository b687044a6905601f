namespace QuantDash.Core.Indicators;

/// <summary>A stop so many average true ranges off the middle of the bar that only ever tightens, and changes sides when a close passes it. <c>upper</c> is there in a falling trend,
/// <c>lower</c> in a rising one.</summary>
public sealed class SuperTrend(int period = 10, double multiplier = 3) : Indicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(10);
    private static readonly IndicatorParameter Multiplier = IndicatorParameter.Number("multiplier", 3, 0.01, 100);
    private readonly double _multiplier = Multiplier.Checked(multiplier);
    private readonly TrueRangeAverage _range = new(Period.Checked(period));
    private bool _hasBands;
    private bool _isRising;
    private double _upper;
    private double _lower;
    private double _close;

    public static IndicatorDeclaration Declaration { get; } =
        new("supertrend", [BarField.High, BarField.Low, BarField.Close], [Period, Multiplier], ["supertrend", "upper", "lower"], settings => new SuperTrend(settings.Whole("period"), settings["multiplier"]));

    public override int WarmUpBars => period + 1;
    public double? Value => !_hasBands ? null : _isRising ? _lower : _upper;
    public double? Upper => _hasBands && !_isRising ? _upper : null;
    public double? Lower => _hasBands && _isRising ? _lower : null;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1], outputs[2]) = (Value, Upper, Lower);

    public override void Add(in IndicatorBar bar)
    {
        _range.Add(bar);
        if (_range.IsWarm) Tighten(bar);
        _close = bar.Close;
    }

    private void Tighten(in IndicatorBar bar)
    {
        var middle = (bar.High + bar.Low) / 2;
        var distance = _multiplier * _range.Latest;
        if (!_hasBands) (_hasBands, _isRising, _upper, _lower) = (true, bar.Close >= middle, double.MaxValue, double.MinValue);
        if (middle + distance < _upper || _close > _upper) _upper = middle + distance;
        if (middle - distance > _lower || _close < _lower) _lower = middle - distance;
        _isRising = bar.Close > (_isRising ? _lower : _upper);
    }
}
