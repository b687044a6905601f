using QuantDash.Core.Indicators.Windows;
using QuantDash.Core.Markets.History;

namespace QuantDash.Core.Strategies.MultiTimeframeMomentum;

/// <summary>Momentum of the bars it runs on, in the direction of a trend of longer ones: enters when the change over some bars is strong enough and the longer close is on the right side of its
/// average; leaves when either turns.</summary>
/// <remarks>A longer bar is told after the shorter one that completes it, so its trend counts from the next short bar on. Everything is whole ticks: no rounding decides.</remarks>
public sealed class MultiTimeframeMomentumStrategy : Strategy
{
    private static readonly ChoiceParameter Longer = new("longer", ["5m", "15m", "30m", "1h", "2h", "4h", "1d"], "1h", "Bars of the trend; longer than those it runs on.");
    private static readonly IntegerParameter TrendBars = new("trend", 2, 500, 20, "Bars of the longer timeframe whose average of closes the trend is measured against.") { Unit = "bars" };
    private static readonly IntegerParameter MomentumBars = new("momentum", 1, 1000, 12, "Bars over which the change of the close is measured.") { Unit = "bars" };
    private static readonly DecimalParameter Threshold = new("threshold", 0m, 50m, 0.2m, "Change of the close that an entry needs, in percent.") { Step = 0.01m, Unit = "percent" };

    private readonly Timeframe _longer;
    private readonly RollingSum _closes;
    private readonly int _momentumBars;
    private readonly long _threshold;
    private readonly Stance _stance;
    private Ring<long> _before;
    private int _seen;
    private int _trend;

    public MultiTimeframeMomentumStrategy(ParameterValues values)
    {
        _longer = TimeframeOf(values);
        (_closes, _momentumBars) = (new(values.Of(TrendBars)), values.Of(MomentumBars));
        _threshold = (long)(values.Of(Threshold) * 100m);
        _before = new(_momentumBars);
        _stance = new(values);
    }

    public static StrategyDefinition Definition { get; } = new()
    {
        Name = "multi-timeframe-momentum",
        Description = "Momentum of short bars in the direction of a longer trend: enters when the change over some bars is strong enough and the longer close is on the right side of its average; leaves when either turns.",
        Parameters = [Longer, TrendBars, MomentumBars, Threshold, PositionSize.FixedVolume, PositionSize.EquityShare, PositionSize.Direction],
        Create = values => new MultiTimeframeMomentumStrategy(values),
        TakesOneInstrument = true,
        WarmUpBars = values => Math.Max(values.Of(MomentumBars), values.Of(TrendBars)),
        Timeframes = values => [TimeframeOf(values)],
    };

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        if (bar.Timeframe == _longer)
        {
            _closes.Add(bar.CloseTicks);
            _trend = _closes.IsFull ? Math.Sign((bar.CloseTicks * _closes.Length) - _closes.Sum) : 0;
            return;
        }
        var before = _before.Push(bar.CloseTicks);
        var isKnown = _seen >= _momentumBars;
        if (!isKnown) _seen++;
        if (!isKnown || !_closes.IsFull || context.IsWarmingUp) return;
        _stance.Follow(instrument);
        _stance.Take(context, instrument, SideAt(bar.CloseTicks - before, before), bar.CloseTicks);
    }

    private static Timeframe TimeframeOf(ParameterValues values) => Timeframe.TryParse(values.Of(Longer), out var timeframe) ? timeframe : throw new InvalidOperationException($"{values.Of(Longer)} is no timeframe.");

    private int SideAt(long change, long before)
    {
        var isStrong = Math.Abs(change) * 10_000 > _threshold * before;
        if (isStrong && Math.Sign(change) == _trend) return _trend;
        var held = _stance.Side;
        return _trend == -held || Math.Sign(change) == -held ? 0 : held;
    }
}
