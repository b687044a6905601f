using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies;

/// <summary>How an order of a strategy finds its price.</summary>
public enum StrategyOrderType
{
    Market,
    Limit,

    /// <summary>A market order once the price has reached its level.</summary>
    Stop,
}

/// <summary>An order that a strategy asks for.</summary>
/// <param name="Offset"><see cref="Offset.Close"/> takes the oldest lots first and never more than is held; the flags of exchanges that tell today from yesterday are planned by the platform.
/// CloseToday and CloseYesterday take lots of that age alone.</param>
/// <param name="PriceTicks">Limit price or stop level in ticks; 0 for a market order.</param>
public readonly record struct OrderIntent(IStrategyInstrument Instrument, OrderSide Side, Offset Offset, decimal Volume, StrategyOrderType Type = StrategyOrderType.Market, long PriceTicks = 0)
{
    public static OrderIntent BuyOpen(IStrategyInstrument instrument, decimal volume) => new(instrument, OrderSide.Buy, Offset.Open, volume);
    public static OrderIntent SellClose(IStrategyInstrument instrument, decimal volume) => new(instrument, OrderSide.Sell, Offset.Close, volume);
    public static OrderIntent SellOpen(IStrategyInstrument instrument, decimal volume) => new(instrument, OrderSide.Sell, Offset.Open, volume);
    public static OrderIntent BuyClose(IStrategyInstrument instrument, decimal volume) => new(instrument, OrderSide.Buy, Offset.Close, volume);

    public OrderIntent AtLimit(long ticks) => this with { Type = StrategyOrderType.Limit, PriceTicks = ticks };
    public OrderIntent AtStop(long ticks) => this with { Type = StrategyOrderType.Stop, PriceTicks = ticks };
}

public enum StrategyOrderState { Working, Filled, Cancelled, Rejected }

/// <summary>An order of a strategy as its host keeps it.</summary>
public sealed class StrategyOrder
{
    internal StrategyOrder(int number, in OrderIntent intent)
    {
        (Number, Instrument, Side, Offset, Volume) = (number, intent.Instrument, intent.Side, intent.Offset, intent.Volume);
        (Type, PriceTicks) = (intent.Type, intent.PriceTicks);
    }

    /// <summary>1, 2, 3 … within one run of one strategy.</summary>
    public int Number { get; }

    /// <summary>The number that a strategy elsewhere gave it; 0: its host made it.</summary>
    public long Handle { get; internal set; }
    public IStrategyInstrument Instrument { get; }
    public OrderSide Side { get; }
    public Offset Offset { get; }
    public StrategyOrderType Type { get; }
    public long PriceTicks { get; }
    public decimal Volume { get; }
    public decimal FilledVolume { get; internal set; }
    public decimal Remaining => Volume - FilledVolume;
    public StrategyOrderState State { get; internal set; }

    /// <summary>Why it was refused or cancelled; null otherwise.</summary>
    public string? Reason { get; internal set; }

    public bool IsWorking => State == StrategyOrderState.Working;

    /// <summary>The leg it adds to (open) or takes from (close).</summary>
    public Side LegSide => (Offset == Offset.Open) == (Side == OrderSide.Buy) ? Primitives.Side.Long : Primitives.Side.Short;

    /// <summary><see cref="Volume"/> in steps of its contract, where its host counts so.</summary>
    internal long Steps { get; set; }
    internal long FilledSteps { get; set; }

    /// <summary>First bar of a backtest that may fill it.</summary>
    internal int ActiveFrom { get; set; }

    /// <summary>It has been through the open of a bar without a fill: from then on it waits in the book.</summary>
    internal bool HasWaited { get; set; }

    /// <summary>A stop whose level was reached: what is left of it is a market order.</summary>
    internal bool IsTriggered { get; set; }
}
