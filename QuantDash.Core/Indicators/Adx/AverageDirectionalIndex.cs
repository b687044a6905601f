using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>Wilder's directional movement, all 0 to 100: <c>plus_di</c> and <c>minus_di</c> are the share of the range walked upwards and downwards, <c>dx</c> their distance as a
/// share of their sum, <c>adx</c> its average: how much of a trend there is, not which way. A market that does not move has no direction: 0.</summary>
public sealed class AverageDirectionalIndex(int period = 14) : Indicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(14, least: 2);
    private RangeOfBars _ranges;
    private WilderAverage _range = new(Period.Checked(period));
    private WilderAverage _up = new(period);
    private WilderAverage _down = new(period);
    private WilderAverage _average = new(period);
    private double _high;
    private double _low;
    private double _plus;
    private double _minus;
    private double _index;

    public static IndicatorDeclaration Declaration { get; } =
        new("adx", [BarField.High, BarField.Low, BarField.Close], [Period], ["plus_di", "minus_di", "dx", "adx"], settings => new AverageDirectionalIndex(settings.Whole("period")));

    public override int WarmUpBars => 2 * period;
    public double? PlusDirection => _range.IsWarm ? _plus : null;
    public double? MinusDirection => _range.IsWarm ? _minus : null;
    public double? Index => _range.IsWarm ? _index : null;
    public double? Value => _average.IsWarm ? _average.Value : null;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1], outputs[2], outputs[3]) = (PlusDirection, MinusDirection, Index, Value);

    public override void Add(in IndicatorBar bar)
    {
        var (up, down) = (bar.High - _high, _low - bar.Low);
        (_high, _low) = (bar.High, bar.Low);
        var range = _ranges.Next(bar.High, bar.Low, bar.Close);
        if (range < 0) return;
        _range.Add(range);
        _up.Add(up > down ? Math.Max(0, up) : 0);
        _down.Add(down > up ? Math.Max(0, down) : 0);
        if (_range.IsWarm) Compare();
    }

    private void Compare()
    {
        var range = _range.Value;
        (_plus, _minus) = range > 0 ? (100 * _up.Value / range, 100 * _down.Value / range) : (0, 0);
        var both = _plus + _minus;
        _index = both > 0 ? 100 * Math.Abs(_plus - _minus) / both : 0;
        _average.Add(_index);
    }
}
