using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>What share of the turnover of the last so many bars came with a rising typical price, 0 to 100; bars that did not move do not count. 100 as long as nothing fell.</summary>
public sealed class MoneyFlowIndex(int period = 14) : Indicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(14);
    private Ring _flows = new(Period.Checked(period));
    private RunningSum _rising;
    private RunningSum _falling;
    private int _falls;
    private int _count;
    private double _before;

    public static IndicatorDeclaration Declaration { get; } = new(
        "mfi",
        [BarField.High, BarField.Low, BarField.Close, BarField.Volume],
        [Period],
        ["mfi"],
        settings => new MoneyFlowIndex(settings.Whole("period")));

    public override int WarmUpBars => period + 1;
    public double? Value => _count <= period ? null : _falls == 0 ? 100 : Math.Clamp(100 * _rising.Value / (_rising.Value + _falling.Value), 0, 100);

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    public override void Add(in IndicatorBar bar)
    {
        var price = bar.Typical;
        var flow = _count == 0 || price == _before ? 0 : price > _before ? price * bar.Volume : -price * bar.Volume;
        var gone = _count == 0 ? 0 : _flows.Push(flow);
        _rising.Replace(Math.Max(0, gone), Math.Max(0, flow));
        _falling.Replace(Math.Max(0, -gone), Math.Max(0, -flow));
        _falls += (flow < 0 ? 1 : 0) - (gone < 0 ? 1 : 0);
        if (_count <= period) _count++;
        _before = price;
    }
}
