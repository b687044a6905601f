using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>What share of the turnover of the last so many bars came with a rising typical price, 0 to 100; bars that did not move do not count. 100 as long as nothing fell.</summary>
public sealed class MoneyFlowIndex(int period = 14) : Indicator
{
    private static readonly IndicatorParameter Period = IndicatorParameter.Period(14);
    private Ring<double> _risingFlows = new(Period.Checked(period));
    private Ring<double> _fallingFlows = new(period);
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
    public double? Value => _count <= period ? null : _falls == 0 ? 100 : 100 * Ratio.Of(_rising.Value, _rising.Value + _falling.Value);

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    public override void Add(in IndicatorBar bar)
    {
        var price = bar.Typical;
        if (_count <= period && _count++ == 0)
        {
            _before = price;
            return;
        }

        var turnover = price * bar.Volume;
        var (rising, falling) = (Chosen.If(price > _before, turnover), Chosen.If(price < _before, turnover));
        var (noLongerRising, noLongerFalling) = (_risingFlows.Push(rising), _fallingFlows.Push(falling));
        _rising.Replace(noLongerRising, rising);
        _falling.Replace(noLongerFalling, falling);
        _falls += (falling != 0 ? 1 : 0) - (noLongerFalling != 0 ? 1 : 0);
        _before = price;
    }
}
