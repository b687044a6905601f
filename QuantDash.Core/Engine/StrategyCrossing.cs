using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Orders of one account are not sent against each other: which of them a new one would trade with.</summary>
internal static class StrategyCrossing
{
    /// <summary>Orders of the account that must end before this one goes out: those on the other side that its price reaches, and cancels of its own that are under way.</summary>
    public static List<Order> InTheWay(HostedOrder hosted) => [.. hosted.Owner.Account.Working.Values.Where(order => order.Symbol == hosted.Instrument.Symbol && IsInTheWay(order, hosted))];

    /// <summary>Whether two orders that want to go out now would meet.</summary>
    public static bool WouldMeet(HostedOrder one, HostedOrder other)
    {
        if (one.Order.Side == other.Order.Side) return false;
        var (buyer, seller) = one.Order.Side == OrderSide.Buy ? (one, other) : (other, one);
        return ReachOf(buyer) is not { } buys || ReachOf(seller) is not { } sells || buys >= sells;
    }

    private static bool IsInTheWay(Order order, HostedOrder hosted)
    {
        if (order.OriginId == hosted.Signal.Id) return false;
        if (order.StrategyId == hosted.Owner.Id && order.State == OrderState.Cancelling) return true;
        if (order.Side == hosted.Order.Side) return false;
        if (order.LimitPrice is not { } resting || ReachOf(hosted) is not { } reach) return true;
        return hosted.Order.Side == OrderSide.Buy ? reach >= resting.Value : reach <= resting.Value;
    }

    /// <summary>The worst price that it goes to; null at the market: any, as venues see it.</summary>
    private static decimal? ReachOf(HostedOrder hosted) =>
        hosted.Order.Type == Strategies.StrategyOrderType.Limit ? hosted.Instrument.Contract.PriceAt(hosted.Order.PriceTicks).Value : null;
}
