using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>Volume of the bars that closed higher less that of those that closed lower, since the first bar. Only its course means anything.</summary>
public sealed class OnBalanceVolume : Indicator
{
    private RunningSum _sum;
    private double _close;
    private bool _hasBar;

    public static IndicatorDeclaration Declaration { get; } = new("obv", [BarField.Close, BarField.Volume], [], ["obv"], _ => new OnBalanceVolume());

    public override int WarmUpBars => 1;
    public double? Value => _hasBar ? _sum.Value : null;

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    public override void Add(in IndicatorBar bar)
    {
        if (_hasBar) _sum.Add(Chosen.If(bar.Close > _close, bar.Volume) - Chosen.If(bar.Close < _close, bar.Volume));
        _close = bar.Close;
        _hasBar = true;
    }
}
