using QuantDash.Core.Indicators;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies.RsiReversal;

/// <summary>Against exhaustion: long when the RSI rises back through its oversold level, short (or flat) when it falls back through its overbought level; leaves around the middle.</summary>
public sealed class RsiReversalStrategy : Strategy
{
    private static readonly IntegerParameter PeriodBars = new("period", 2, 500, 14, "Bars of the relative strength index.") { Unit = "bars" };
    private static readonly DecimalParameter OversoldLevel = new("oversold", 1m, 99m, 30m, "Long when the index was below it and is no longer; below overbought.");
    private static readonly DecimalParameter OverboughtLevel = new("overbought", 1m, 99m, 70m, "Short, or flat, when the index was above it and is no longer.");
    private static readonly DecimalParameter ExitLevel = new(
        "exit", 0m, 99m, 50m, "A long leaves once the index is at or above it, a short at or below 100 less it; 0: only the opposite signal ends a position. Otherwise above oversold, and 100 less it below overbought.");

    private readonly RelativeStrengthIndex _index;
    private readonly double _oversold;
    private readonly double _overbought;
    private readonly double? _exit;
    private readonly Stance _stance;

    public RsiReversalStrategy(ParameterValues values)
    {
        _index = new(values.Of(PeriodBars));
        (_oversold, _overbought) = ((double)values.Of(OversoldLevel), (double)values.Of(OverboughtLevel));
        _exit = values.Of(ExitLevel) is > 0m and var exit ? (double)exit : null;
        _stance = new(values);
    }

    public static StrategyDefinition Definition { get; } = new()
    {
        Name = "rsi-reversal",
        Description = "Against exhaustion: long when the RSI rises back through its oversold level, short or flat when it falls back through its overbought level, out again around the middle.",
        Parameters = [PeriodBars, OversoldLevel, OverboughtLevel, ExitLevel, PositionSize.FixedVolume, PositionSize.EquityShare, PositionSize.Direction],
        Create = values => new RsiReversalStrategy(values),
        TakesOneInstrument = true,
        WarmUpBars = values => values.Of(PeriodBars) + 1,
        Contradiction = Contradiction,
    };

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        var before = _index.Value;
        _index.Add(bar.Close);
        if (before is not { } earlier || _index.Value is not { } now || context.IsWarmingUp) return;
        _stance.Follow(instrument);
        _stance.Take(context, instrument, SideAfter(earlier, now), bar.CloseTicks);
    }

    private static Problem? Contradiction(ParameterValues values)
    {
        var (oversold, overbought, exit) = (values.Of(OversoldLevel), values.Of(OverboughtLevel), values.Of(ExitLevel));
        if (oversold >= overbought) return new("oversold", "oversold_not_below_overbought", oversold, overbought);
        return exit == 0m || (exit > oversold && 100m - exit < overbought) ? null : new Problem("exit", "exit_within_extremes", exit, oversold, overbought);
    }

    private int SideAfter(double earlier, double now)
    {
        var (longIsOver, shortIsOver) = (now >= _exit, now <= 100 - _exit);
        if (earlier < _oversold && now >= _oversold && !longIsOver) return 1;
        if (earlier > _overbought && now <= _overbought && !shortIsOver) return -1;
        return (_stance.Side > 0 && longIsOver) || (_stance.Side < 0 && shortIsOver) ? 0 : _stance.Side;
    }
}
