using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Strategies.Grid;

/// <summary>One line of a grid: opens at its own price and closes one spacing nearer to the centre, again and again.</summary>
/// <param name="number">−1, −2 … below the centre (long), 1, 2 … above it (short).</param>
internal sealed class GridLine(int number, long centre, long spacing)
{
    public int Number => number;
    public bool IsLong => number < 0;

    /// <summary>What it has opened and not closed yet.</summary>
    public decimal Held { get; set; }

    /// <summary>Its order that works; null when none does.</summary>
    public StrategyOrder? Order { get; set; }

    /// <summary>An order of it was refused on this trading day: it waits for the next.</summary>
    public DateOnly? RestsOn { get; set; }

    private long OpenTicks => centre + (number * spacing);
    private long CloseTicks => centre + ((number - Math.Sign(number)) * spacing);

    /// <summary>The order it wants next.</summary>
    public OrderIntent Next(IStrategyInstrument instrument, decimal volume)
    {
        if (Held > 0m) return (IsLong ? OrderIntent.SellClose(instrument, Held) : OrderIntent.BuyClose(instrument, Held)).AtLimit(CloseTicks);
        return (IsLong ? OrderIntent.BuyOpen(instrument, volume) : OrderIntent.SellOpen(instrument, volume)).AtLimit(OpenTicks);
    }

    public void Take(in StrategyFill fill) => Held += fill.Order.Offset == Offset.Open ? fill.Volume : -fill.Volume;

    /// <summary>Whether an order of an earlier run is the one it wants.</summary>
    public bool Wants(StrategyOrder order) =>
        order.LegSide == (IsLong ? Side.Long : Side.Short) && order.PriceTicks == (order.Offset == Offset.Open ? OpenTicks : CloseTicks) && (order.Offset == Offset.Open) == (Held == 0m);
}
