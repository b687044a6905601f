using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies.MovingAverageCross;

/// <summary>Two simple moving averages of the close: long when the fast one crosses above the slow one, short (or flat) when it crosses below.</summary>
/// <remarks>Both are sums of whole ticks compared crosswise, hence exact: no rounding decides a cross.</remarks>
public sealed class SmaCross : Strategy
{
    private static readonly IntegerParameter FastBars = new("fast", 1, 1000, 10, "Bars of the fast average; fewer than the slow one.") { Unit = "bars" };
    private static readonly IntegerParameter SlowBars = new("slow", 2, 2000, 20, "Bars of the slow average.") { Unit = "bars" };
    private static readonly DecimalParameter FixedVolume = new("volume", 0m, 1_000_000m, 1m, "Lots, shares or units a position; left alone when equity_share is above 0.") { Unit = "units" };
    private static readonly DecimalParameter EquityShare = new("equity_share", 0m, 10m, 0m, "Instead of a fixed volume: value of a position as a share of equity when it is decided on (1 = all of it); 0: fixed volume.");
    private static readonly ChoiceParameter Direction = new("direction", ["both", "long", "short"], "both", "Which side it may hold: on the other cross it turns round (both) or goes flat.");

    private readonly RollingSum _fast;
    private readonly RollingSum _slow;
    private readonly decimal _volume;
    private readonly decimal _share;
    private readonly bool _longs;
    private readonly bool _shorts;
    private int _relation;

    public SmaCross(ParameterValues values)
    {
        (_fast, _slow) = (new(values.Of(FastBars)), new(values.Of(SlowBars)));
        (_volume, _share) = (values.Of(FixedVolume), values.Of(EquityShare));
        (_longs, _shorts) = (values.Of(Direction) != "short", values.Of(Direction) != "long");
    }

    public static StrategyDefinition Definition { get; } = new()
    {
        Name = "sma-cross",
        Description = "Moving-average crossover: long when the fast average of closes crosses above the slow one, short or flat when it crosses below.",
        Parameters = [FastBars, SlowBars, FixedVolume, EquityShare, Direction],
        Create = values => new SmaCross(values),
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
        if (crossed && !context.IsWarmingUp) Turn(context, instrument, relation, bar.CloseTicks);
    }

    private void Turn(IStrategyContext context, IStrategyInstrument instrument, int relation, long close)
    {
        var allowed = relation > 0 ? _longs : _shorts;
        context.MoveTo(instrument, allowed ? relation * Size(context, instrument, close) : 0m);
    }

    private decimal Size(IStrategyContext context, IStrategyInstrument instrument, long close) =>
        _share == 0m ? _volume : instrument.FloorVolume(Math.Max(0m, context.Equity) * _share / (close * instrument.PriceTick * instrument.Multiplier));
}
