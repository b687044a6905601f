using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>At what price an order is expected to fill, from the depth one tick displays.</summary>
/// <param name="Price">On average; null without a quote.</param>
/// <param name="Displayed">Null: any volume.</param>
/// <param name="First">Price of what is displayed; null for an order that would rest.</param>
/// <param name="Then">Price of the rest.</param>
/// <param name="Waits">Whether the rest waits in the book, as a limit order does.</param>
internal readonly record struct ExpectedFill(Price? Price, Volume? Displayed, bool WouldRest, Price? First, Price? Then, bool Waits)
{
    public static ExpectedFill Of(OrderRequest request, Volume volume, Contract contract, in Tick tick)
    {
        var buying = request.OrderSide == OrderSide.Buy;
        var lastOnly = tick.BidTicks == 0 && tick.AskTicks == 0;
        var ticks = lastOnly ? tick.LastTicks : buying ? tick.AskTicks : tick.BidTicks;
        var limit = request.Type == OrderType.Limit ? request.LimitPrice : null;
        if (ticks <= 0) return Resting(limit);

        var best = contract.PriceAt(ticks);
        if (limit is { } worst && (buying ? worst < best : worst > best)) return Resting(limit);
        var then = limit ?? best;
        var shown = buying ? tick.AskVolume : tick.BidVolume;
        if (lastOnly || shown <= 0) return new(best, null, WouldRest: false, best, then, limit is not null);
        var here = Math.Min(shown, volume.Value);
        var average = volume.IsZero ? best.Value : ((best.Value * here) + (then.Value * (volume.Value - here))) / volume.Value;
        return new(new Price(average), new Volume(shown), WouldRest: false, best, then, limit is not null);
    }

    /// <summary>The trades of orders that are sent one after another; none without a price.</summary>
    public ExpectedTrades Trades() => new(this);

    private static ExpectedFill Resting(Price? limit) => new(limit, null, WouldRest: true, null, limit, Waits: true);
}

/// <summary>One trade that is expected.</summary>
internal readonly record struct ExpectedTrade(Volume Volume, Price Price, bool IsMaker);

/// <summary>Hands out what is displayed, and then the rest: each is a trade of its own, with a fee line of its own.</summary>
internal sealed class ExpectedTrades(ExpectedFill expected)
{
    private Volume? _left = expected.WouldRest ? Volume.Zero : expected.Displayed;

    /// <summary>The trades of the next order.</summary>
    public IEnumerable<ExpectedTrade> Take(Volume volume)
    {
        var here = _left is { } left ? Volume.Min(left, volume) : volume;
        _left -= here;
        if (expected.First is { } first && !here.IsZero) yield return new(here, first, IsMaker: false);
        if (expected.Then is { } then && volume > here) yield return new(volume - here, then, expected.Waits);
    }
}
