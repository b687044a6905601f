using QuantDash.Core.Indicators.Windows;

namespace QuantDash.Core.Strategies.VolumeBreakout;

/// <summary>A close beyond the channel of the bars before it, on a volume well above their average: follows it until a close passes the opposite end of a shorter channel.</summary>
public sealed class VolumeBreakoutStrategy : Strategy
{
    private static readonly IntegerParameter ChannelBars = new("channel", 2, 1000, 20, "Bars whose highest high or lowest low a close must pass.") { Unit = "bars" };
    private static readonly IntegerParameter AverageBars = new("average", 1, 1000, 20, "Bars of the average volume, those before the breakout.") { Unit = "bars" };
    private static readonly DecimalParameter Factor = new("factor", 0.1m, 100m, 2m, "How many times the average volume the breakout must have.") { Unit = "times" };
    private static readonly IntegerParameter ExitBars = new("exit", 1, 1000, 10, "Bars whose lowest low (for a long) or highest high (for a short) ends the position.") { Unit = "bars" };

    private readonly double _factor;
    private readonly int _averageBars;
    private readonly int _neededBars;
    private readonly Stance _stance;
    private HighLow _channel;
    private HighLow _exit;
    private Ring<double> _volumes;
    private RunningSum _volume;
    private int _seen;

    public VolumeBreakoutStrategy(ParameterValues values)
    {
        (_channel, _exit) = (new(values.Of(ChannelBars)), new(values.Of(ExitBars)));
        (_averageBars, _factor) = (values.Of(AverageBars), (double)values.Of(Factor));
        _volumes = new(_averageBars);
        _neededBars = Definition.WarmUpBars(values);
        _stance = new(values);
    }

    public static StrategyDefinition Definition { get; } = new()
    {
        Name = "volume-breakout",
        Description = "A close beyond the channel of the bars before it, on a volume well above the average: follows it until a close passes the opposite end of a shorter channel.",
        Parameters = [ChannelBars, AverageBars, Factor, ExitBars, PositionSize.FixedVolume, PositionSize.EquityShare, PositionSize.Direction],
        Create = values => new VolumeBreakoutStrategy(values),
        TakesOneInstrument = true,
        WarmUpBars = values => Math.Max(Math.Max(values.Of(ChannelBars), values.Of(ExitBars)), values.Of(AverageBars)),
    };

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        var isKnown = _seen >= _neededBars;
        _stance.Follow(instrument);
        var side = isKnown ? SideAt(bar) : 0;
        if (!isKnown) _seen++;
        _channel.Add(bar.HighTicks, bar.LowTicks);
        _exit.Add(bar.HighTicks, bar.LowTicks);
        _volume.Replace(_volumes.Push(bar.Volume), bar.Volume);
        if (isKnown && !context.IsWarmingUp) _stance.Take(context, instrument, side, bar.CloseTicks);
    }

    /// <summary>By the bars before this one. Ticks are whole numbers far below 2⁵³: as doubles they compare exactly.</summary>
    private int SideAt(in StrategyBar bar)
    {
        var isLoud = bar.Volume > 0 && bar.Volume * _averageBars >= _factor * _volume.Value;
        if (isLoud && bar.CloseTicks > _channel.High) return 1;
        if (isLoud && bar.CloseTicks < _channel.Low) return -1;
        return (_stance.Side > 0 && bar.CloseTicks < _exit.Low) || (_stance.Side < 0 && bar.CloseTicks > _exit.High) ? 0 : _stance.Side;
    }
}
