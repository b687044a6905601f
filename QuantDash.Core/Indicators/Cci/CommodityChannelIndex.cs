using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>Lambert's index: by how many mean absolute deviations ÷ 0.015 the typical price is off its average. Null while all typical prices of the window are the same. The mean
/// deviation is taken anew from every bar, four numbers at a time: there is no exact way to carry it on.</summary>
public sealed class CommodityChannelIndex(int period = 20) : Indicator
{
    private const double Lambert = 0.015;

    /// <summary>Below this share of the price a deviation is rounding.</summary>
    private const double Rounding = 1e-14;

    private static readonly IndicatorParameter Period = IndicatorParameter.Period(20, least: 2);
    private Ring<double> _ring = new(Period.Checked(period));
    private RunningSum _sum;
    private int _count;
    private double _newest;

    public static IndicatorDeclaration Declaration { get; } =
        new("cci", [BarField.High, BarField.Low, BarField.Close], [Period], ["cci"], settings => new CommodityChannelIndex(settings.Whole("period")));

    public override int WarmUpBars => period;
    public double? Value => _count == period ? Latest() : null;

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    public override void Add(in IndicatorBar bar)
    {
        if (_count < period) _count++;
        _newest = bar.Typical;
        _sum.Replace(_ring.Push(_newest), _newest);
    }

    private double? Latest()
    {
        var mean = _sum.Value / period;
        var deviation = Deviations(_ring.Values, mean) / period;
        return deviation > Math.Abs(mean) * Rounding ? Ratio.Of(_newest - mean, Lambert * deviation) : null;
    }

    private static double Deviations(ReadOnlySpan<double> values, double mean)
    {
        var four = Vector256<double>.Zero;
        var means = Vector256.Create(mean);
        var place = 0;
        ref var first = ref MemoryMarshal.GetReference(values);
        for (; place <= values.Length - 4; place += 4) four += Vector256.Abs(Vector256.LoadUnsafe(ref first, (nuint)place) - means);
        var sum = Vector256.Sum(four);
        for (; place < values.Length; place++) sum += Math.Abs(values[place] - mean);
        return sum;
    }
}
