using System.Runtime.Intrinsics;
using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>Wilder's directional movement, all 0 to 100: <c>plus_di</c> and <c>minus_di</c> are the share of the range walked upwards and downwards, <c>dx</c> their distance as a
/// share of their sum, <c>adx</c> its average: how much of a trend there is, not which way. A market that does not move has no direction: 0.</summary>
public sealed class AverageDirectionalIndex(int period = 14) : Indicator
{
    private const int Up = 1;
    private const int Down = 2;
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(14, least: 2);
    private readonly double _share = 1.0 / Period.Checked(period);
    private RangeOfBars _ranges;
    private WilderAverage _average = new(period);

    // Wilder's averages of the range and of both movements, side by side: they are worked out at once.
    private Vector256<double> _averages;
    private int _count;
    private double _high;
    private double _low;
    private double _index;

    public static IndicatorDeclaration Declaration { get; } =
        new("adx", [BarField.High, BarField.Low, BarField.Close], [Period], ["plus_di", "minus_di", "dx", "adx"], settings => new AverageDirectionalIndex(settings.Whole("period")));

    public override int WarmUpBars => 2 * period;
    public double? PlusDirection => Share(Up);
    public double? MinusDirection => Share(Down);
    public double? Index => IsWarm ? _index : null;
    public double? Value => _average.IsWarm ? _average.Value : null;
    internal bool IsWarm => _count == period;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1], outputs[2], outputs[3]) = (PlusDirection, MinusDirection, Index, Value);

    public override void Add(in IndicatorBar bar)
    {
        var (up, down) = (bar.High - _high, _low - bar.Low);
        (_high, _low) = (bar.High, bar.Low);
        var range = _ranges.Next(bar.High, bar.Low, bar.Close);
        if (range < 0) return;
        var newest = Vector256.Create(range, Chosen.If(up > double.MaxNative(0, down), up), Chosen.If(down > double.MaxNative(0, up), down), 0);
        if (!IsWarm)
        {
            _averages += newest * _share;
            if (++_count < period) return;
        }
        else
        {
            _averages += (newest - _averages) * _share;
        }

        Compare();
    }

    private void Compare()
    {
        // The range, by which both would be divided, cancels out.
        var (up, down) = (_averages.GetElement(Up), _averages.GetElement(Down));
        var both = up + down;
        _index = both > 0 ? 100 * (Math.Abs(up - down) / both) : 0;
        _average.Add(_index);
    }

    private double? Share(int movement) => !IsWarm ? null : _averages.ToScalar() > 0 ? 100 * (_averages.GetElement(movement) / _averages.ToScalar()) : 0;
}
