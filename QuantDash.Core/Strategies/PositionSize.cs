namespace QuantDash.Core.Strategies;

/// <summary>How much a built-in strategy holds, and on which sides: three parameters that all of them have.</summary>
internal sealed class PositionSize(ParameterValues values)
{
    public static readonly DecimalParameter FixedVolume = new("volume", 0m, 1_000_000m, 1m, "Lots, shares or units of a position; left alone when equity_share is above 0.") { Unit = "units" };
    public static readonly DecimalParameter EquityShare = new("equity_share", 0m, 10m, 0m, "Instead of a fixed volume: value of a position as a share of equity when it is decided on (1 = all of it); 0: fixed volume.");
    public static readonly ChoiceParameter Direction = new("direction", ["both", "long", "short"], "both", "Which side it may hold: on the other side's signal it turns round (both) or goes flat.");

    private readonly decimal _volume = values.Of(FixedVolume);
    private readonly decimal _share = values.Of(EquityShare);
    private readonly bool _longs = values.Of(Direction) != "short";
    private readonly bool _shorts = values.Of(Direction) != "long";

    /// <summary>The net position to move to on a signal: above zero for +1, below for −1, zero where that side is not allowed.</summary>
    public decimal Of(IStrategyContext context, IStrategyInstrument instrument, int side, long price)
    {
        if (!(side > 0 ? _longs : _shorts)) return 0m;
        var volume = _share == 0m ? _volume : instrument.FloorVolume(Math.Max(0m, context.Equity) * _share / (price * instrument.PriceTick * instrument.Multiplier));
        return side > 0 ? volume : -volume;
    }
}
