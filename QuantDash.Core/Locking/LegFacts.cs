using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>What a rule needs to know of the leg it watches.</summary>
/// <param name="Volume">All of the leg, locked part included.</param>
/// <param name="FreeVolume">What belongs to no lock: the only source of a rule's profit.</param>
/// <param name="FreeCost">Σ open price × volume over the free lots; null when an open price is unknown.</param>
public readonly record struct LegFacts(Side Side, Volume Volume, Volume FreeVolume, decimal? FreeCost)
{
    public bool IsFlat => Volume.IsZero;

    /// <summary>Average open price of the free lots; null when unknown or there are none.</summary>
    public Price? FreeAveragePrice => FreeCost is { } cost && !FreeVolume.IsZero ? new(cost / FreeVolume.Value) : null;

    /// <summary>浮动盈亏 (逐笔) of the free lots at <paramref name="price"/>, in the contract's currency; null when an open price is unknown.</summary>
    public decimal? FloatingPnl(Price price, Contract contract) =>
        FreeCost is { } cost ? ((price.Value * FreeVolume.Value) - cost) * contract.Multiplier * Side.Sign() : null;

    /// <summary>The first price, in ticks, at which the floating P&amp;L reaches <paramref name="threshold"/>: the lowest for a long leg, the highest for a
    /// short one; null when the leg is flat or an open price is unknown. Exact: at the level the P&amp;L is ≥ threshold, one tick before it is not.</summary>
    public long? ProfitLevel(decimal threshold, Contract contract)
    {
        if (FreeCost is not { } cost || FreeVolume.IsZero) return null;
        var price = new Price((cost + (Side.Sign() * threshold / contract.Multiplier)) / FreeVolume.Value);
        var level = Side == Side.Long ? contract.TicksAtOrAbove(price) : contract.TicksAtOrBelow(price);
        // Division rounds at 28 digits: step to the exact side.
        while (FloatingPnl(contract.PriceAt(level), contract) < threshold) level += Side.Sign();
        while (FloatingPnl(contract.PriceAt(level - Side.Sign()), contract) >= threshold) level -= Side.Sign();
        return level;
    }
}
