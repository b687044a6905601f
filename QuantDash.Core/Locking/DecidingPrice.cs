using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>The price by which a rule decides (column <c>price_source</c>).</summary>
public static class DecidingPrice
{
    /// <summary>In ticks; null when there is no such price.</summary>
    /// <param name="source">What the rule listens to.</param>
    /// <param name="side">The leg it watches: a long one is locked at the bid, a short one at the ask.</param>
    /// <param name="tick">The latest tick.</param>
    /// <param name="mark">The latest mark price in ticks, while it is not too old; null: none. A mark does not come with every tick.</param>
    public static long? Of(PriceSource source, Side side, in Tick tick, long? mark)
    {
        var ticks = source switch
        {
            PriceSource.Last => tick.LastTicks,
            PriceSource.Mark => mark ?? 0,
            _ => side == Side.Long ? tick.BidTicks : tick.AskTicks,
        };
        return ticks > 0 ? ticks : null;
    }
}
