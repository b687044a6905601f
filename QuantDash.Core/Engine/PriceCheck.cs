using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What is wrong with a limit price for a contract now; null: nothing.</summary>
internal static class PriceCheck
{
    /// <summary>On the tick, above 0, and within limits that a feed told lately: those of a feed that stands still may be another day's.</summary>
    public static Problem? Of(Price price, SymbolLane lane)
    {
        var contract = lane.Contract;
        if ((OffTick(price, contract) ?? OffStep(price, contract)) is { } off) return off;
        _ = contract.TryTicks(price, out var ticks);
        var (lower, upper) = lane is { HasTick: true, Stale: false } ? (lane.Last.LowerLimitTicks, lane.Last.UpperLimitTicks) : (0, 0);
        return lower > 0 && upper > 0 && (ticks < lower || ticks > upper) ? new("price", "beyond_limits", price.Value, contract.PriceAt(lower).Value, contract.PriceAt(upper).Value) : null;
    }

    /// <summary>Prices of orders stand on steps that grow with the price where a market has them; levels and quotes need not.</summary>
    public static Problem? OffStep(Price price, Contract contract, string field = "price") => contract.Product.PriceSteps is { } steps && !steps.Holds(price.Value)
        ? new(field, "off_tick", price.Value, steps.At(price.Value), steps.AtOrBelow(price.Value))
        : null;

    /// <summary>The part that does not depend on the day.</summary>
    public static Problem? OffTick(Price price, Contract contract, string field = "price") => price.Value > 0 && contract.TryTicks(price, out _)
        ? null
        : new(field, "off_tick", price.Value, contract.PriceTick, contract.PriceAt(Math.Max(1, contract.TicksAtOrBelow(price))).Value);
}
