using System.Globalization;
using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>Kaufman's average: as fast as the market is efficient. The efficiency ratio (<c>er</c>, 0 to 1) is the net change over so many bars ÷ the way walked; it chooses
/// between a fast and a slow exponential average. It begins with the number of bar n.</summary>
public sealed class KaufmanAdaptiveAverage : SeriesIndicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(10);
    private static readonly IndicatorParameter Fast = IndicatorParameter.Bars("fast", 2);
    private static readonly IndicatorParameter Slow = IndicatorParameter.Bars("slow", 30, least: 2);
    private readonly int _period;
    private readonly double _slowShare;
    private readonly double _range;
    private Ring<double> _numbers;
    private Ring<double> _steps;
    private RunningSum _way;
    private int _count;
    private double _before;
    private double _efficiency;
    private double _average;

    public KaufmanAdaptiveAverage(int period = 10, int fast = 2, int slow = 30)
    {
        _period = Period.Checked(period);
        (_numbers, _steps) = (new(_period), new(_period));
        if (Fast.Checked(fast) >= Slow.Checked(slow)) throw new RefusedValueException(nameof(fast), fast, string.Create(CultureInfo.InvariantCulture, $"less than slow, {slow}"));
        _slowShare = 2.0 / (slow + 1);
        _range = (2.0 / (fast + 1)) - _slowShare;
    }

    public static IndicatorDeclaration Declaration { get; } =
        IndicatorDeclaration.OfSeries("kama", [Period, Fast, Slow], ["er", "kama"], settings => new KaufmanAdaptiveAverage(settings.Whole("period"), settings.Whole("fast"), settings.Whole("slow")) { Source = settings.Source });

    public override int WarmUpBars => _period + 1;
    public double? EfficiencyRatio => _count > _period ? _efficiency : null;
    public double? Value => _count >= _period ? _average : null;

    public override void Read(Span<double?> outputs) => (outputs[0], outputs[1]) = (EfficiencyRatio, Value);

    protected internal override void Next(double value)
    {
        var step = _count == 0 ? 0 : Math.Abs(value - _before);
        _before = value;
        _way.Replace(_steps.Push(step), step);
        var former = _numbers.Push(value);
        if (_count <= _period) _count++;
        if (_count <= _period)
        {
            _average = value;
            return;
        }

        var way = _way.Value;
        _efficiency = way > 0 ? double.MinNative(1, Math.Abs(value - former) / way) : 0;
        var share = (_efficiency * _range) + _slowShare;
        _average += share * share * (value - _average);
    }
}
