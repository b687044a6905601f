using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>At what price an order is expected to fill, from the depth one tick displays.</summary>
/// <param name="Displayed">Null: any volume.</param>
internal readonly record struct ExpectedFill(Price? Price, Volume? Displayed, bool WouldRest)
{
    public static ExpectedFill Of(OrderRequest request, Volume volume, Contract contract, in Tick tick)
    {
        var buying = request.OrderSide == OrderSide.Buy;
        var lastOnly = tick.BidTicks == 0 && tick.AskTicks == 0;
        var ticks = lastOnly ? tick.LastTicks : buying ? tick.AskTicks : tick.BidTicks;
        var limit = request.Type == OrderType.Limit ? request.LimitPrice : null;
        if (ticks <= 0) return new(limit, null, WouldRest: true);

        var best = contract.PriceAt(ticks);
        if (limit is { } worst && (buying ? worst < best : worst > best)) return new(limit, null, WouldRest: true);
        var shown = buying ? tick.AskVolume : tick.BidVolume;
        if (lastOnly || shown <= 0) return new(best, null, WouldRest: false);
        var here = Math.Min(shown, volume.Value);
        var average = volume.IsZero ? best.Value : ((best.Value * here) + ((limit ?? best).Value * (volume.Value - here))) / volume.Value;
        return new(new Price(average), new Volume(shown), WouldRest: false);
    }
}
