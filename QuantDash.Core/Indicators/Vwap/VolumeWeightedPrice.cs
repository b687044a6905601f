using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Indicators;

/// <summary>VWAP: the typical price weighted by volume since the first bar, or since the day began with <c>daily</c> = 1. Null as long as nothing was traded.</summary>
public sealed class VolumeWeightedPrice(bool daily = false) : Indicator
{
    private static readonly IndicatorParameter Daily = IndicatorParameter.Choice("daily", 0, last: 1);
    private RunningSum _turnover;
    private RunningSum _volume;
    private int _day = int.MinValue;

    public static IndicatorDeclaration Declaration { get; } =
        new("vwap", [BarField.High, BarField.Low, BarField.Close, BarField.Volume], [Daily], ["vwap"], settings => new VolumeWeightedPrice(settings.Flag("daily")));

    public override int WarmUpBars => 1;
    public double? Value => Ratio.Of(_turnover.Value, _volume.Value);

    public override void Read(Span<double?> outputs) => outputs[0] = Value;

    public override void Add(in IndicatorBar bar)
    {
        if (daily && bar.Day != _day) (_turnover, _volume) = (default, default);
        _day = bar.Day;
        _turnover.Add(bar.Typical * bar.Volume);
        _volume.Add(bar.Volume);
    }
}
