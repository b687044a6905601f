using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies.MovingAverageCross;

/// <summary>Two simple moving averages of the close: long when the fast one crosses above the slow one, short (or flat) when it crosses below.</summary>
/// <remarks>Both are sums of whole ticks compared crosswise, hence exact: no rounding decides a cross.</remarks>
public sealed class SmaCross : Strategy
{
    private static readonly IntegerParameter FastBars = new("fast", 1, 1000, 10, "Bars of the fast average; fewer than the slow one.") { Unit = "bars" };
    private static readonly IntegerParameter SlowBars = new("slow", 2, 2000, 20, "Bars of the slow average.") { Unit = "bars" };

    private readonly RollingSum _fast;
    private readonly RollingSum _slow;
    private readonly PositionSize _size;
    private int _relation;

    public SmaCross(ParameterValues values)
    {
        (_fast, _slow) = (new(values.Of(FastBars)), new(values.Of(SlowBars)));
        _size = new(values);
    }

    public static StrategyDefinition Definition { get; } = new()
    {
        Name = "sma-cross",
        Description = "Moving-average crossover: long when the fast average of closes crosses above the slow one, short or flat when it crosses below.",
        Parameters = [FastBars, SlowBars, PositionSize.FixedVolume, PositionSize.EquityShare, PositionSize.Direction],
        Create = values => new SmaCross(values),
        TakesOneInstrument = true,
        WarmUpBars = values => values.Of(SlowBars),
        Contradiction = values => values.Of(FastBars) < values.Of(SlowBars) ? null : new Problem("fast", "fast_not_below_slow", values.Of(FastBars), values.Of(SlowBars)),
    };

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        _fast.Add(bar.CloseTicks);
        _slow.Add(bar.CloseTicks);
        if (!_slow.IsFull) return;
        var relation = Math.Sign((_fast.Sum * _slow.Length) - (_slow.Sum * _fast.Length));
        if (relation == 0 || relation == _relation) return;
        var crossed = _relation != 0;
        _relation = relation;
        if (crossed && !context.IsWarmingUp) context.MoveTo(instrument, _size.Of(context, instrument, relation, bar.CloseTicks));
    }
}
