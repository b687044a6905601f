using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Limit prices of orders that mean to trade at once, from the latest tick.</summary>
internal static class ProtectedPrice
{
    /// <summary>The opposing price and some ticks more, inside the price limits that the feed carries; the last price where that side is empty.</summary>
    public static Price Beyond(SymbolLane lane, OrderSide side, int ticks)
    {
        ref readonly var tick = ref lane.Last;
        var selling = side == OrderSide.Sell;
        var opposing = selling ? tick.BidTicks : tick.AskTicks;
        if (opposing == 0) opposing = tick.LastTicks;
        if (lane.Contract.Product.PriceSteps is { } steps) return OnSteps(lane.Contract.PriceAt(opposing), steps, selling, ticks);
        var limit = selling ? opposing - ticks : opposing + ticks;
        if (tick.LowerLimitTicks > 0) limit = Math.Max(limit, tick.LowerLimitTicks);
        if (tick.UpperLimitTicks > 0) limit = Math.Min(limit, tick.UpperLimitTicks);
        return lane.Contract.PriceAt(Math.Max(limit, 1));
    }

    /// <summary>A tick is a step there, and the price must stand on one: away from the market where it does not.</summary>
    private static Price OnSteps(Price opposing, PriceSteps steps, bool selling, int ticks)
    {
        var away = ticks * steps.At(opposing.Value);
        return new(selling ? steps.AtOrBelow(Math.Max(opposing.Value - away, steps.At(0m))) : steps.AtOrAbove(opposing.Value + away));
    }

    /// <summary>A limit that trades like an order at the market: the day's price limit, or where the feed carries none <paramref name="ticks"/> beyond the opposing price.</summary>
    public static Price AsMarket(SymbolLane lane, OrderSide side, int ticks)
    {
        var limit = side == OrderSide.Sell ? lane.Last.LowerLimitTicks : lane.Last.UpperLimitTicks;
        return limit > 0 ? lane.Contract.PriceAt(limit) : Beyond(lane, side, ticks);
    }
}
