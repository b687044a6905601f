namespace QuantDash.Core.Strategies.Bollinger;

/// <summary>Closes outside of Bollinger bands: trades back to the middle, or along with the breakout. Either way it leaves at the middle line.</summary>
/// <remarks>Middle and bands are sums of whole ticks, hence exact: the same numbers as the indicator's, without its last bit of rounding.</remarks>
public sealed class BollingerStrategy : Strategy
{
    private const string Reversion = "reversion";

    private static readonly IntegerParameter PeriodBars = new("period", 2, 1000, 20, "Bars of the middle line and of the deviation.") { Unit = "bars" };
    private static readonly DecimalParameter Deviations = new("deviations", 0.1m, 10m, 2m, "Standard deviations between the middle line and each band.") { Step = 0.01m, Unit = "deviations" };
    private static readonly ChoiceParameter Mode = new("mode", [Reversion, "breakout"], Reversion, "What a close outside of the bands means: it comes back (reversion), or it goes on (breakout).");

    private readonly RollingSpread _closes;
    private readonly int _hundredths;
    private readonly int _against;
    private readonly Stance _stance;

    public BollingerStrategy(ParameterValues values)
    {
        (_closes, _hundredths) = (new(values.Of(PeriodBars)), (int)(values.Of(Deviations) * 100m));
        _against = values.Of(Mode) == Reversion ? -1 : 1;
        _stance = new(values);
    }

    public static StrategyDefinition Definition { get; } = new()
    {
        Name = "bollinger",
        Description = "Closes outside of Bollinger bands: trades back to the middle (reversion) or along with the breakout; leaves at the middle line either way.",
        Parameters = [PeriodBars, Deviations, Mode, PositionSize.FixedVolume, PositionSize.EquityShare, PositionSize.Direction],
        Create = values => new BollingerStrategy(values),
        TakesOneInstrument = true,
        WarmUpBars = values => values.Of(PeriodBars),
    };

    public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
    {
        _closes.Add(bar.CloseTicks);
        if (!_closes.IsFull || context.IsWarmingUp) return;
        _stance.Follow(instrument);
        _stance.Take(context, instrument, SideAt(bar.CloseTicks), bar.CloseTicks);
    }

    private int SideAt(long close)
    {
        var distance = _closes.DistanceOf(close);
        if (_closes.IsBeyond(distance, _hundredths)) return Math.Sign(distance) * _against;
        // A reversion came from the other side of the middle, a breakout from this one.
        var hasArrived = _stance.Side * Math.Sign(distance) != _against;
        return hasArrived ? 0 : _stance.Side;
    }
}
