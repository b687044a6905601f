using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Orders;

/// <param name="Origin">Null while the order is not in the database yet.</param>
public sealed record ListedOrder(Order Order, OrderOrigin? Origin);

/// <param name="Origin">Null for a trade made elsewhere.</param>
public sealed record ListedTrade(Trade Trade, OrderOrigin? Origin)
{
    public OrderOwner Owner => Trade.Fill.OrderId is null ? OrderOwner.Elsewhere : Origin?.Owner ?? OrderOwner.Manual;
}

/// <summary>Pages of the history with where each line came from.</summary>
public static class ListedOrders
{
    public static async Task<Page<ListedOrder>> OrdersWithOriginAsync(this IOrderHistory history, OrderFilter filter, PageRequest page, CancellationToken stop = default)
    {
        var found = await history.OrdersAsync(filter, page, stop);
        var origins = await history.OriginsAsync([.. found.Items.Select(order => order.Id)], stop);
        return new([.. found.Items.Select(order => new ListedOrder(order, origins.GetValueOrDefault(order.Id)))], found.NextCursor);
    }

    public static async Task<Page<ListedTrade>> TradesWithOriginAsync(this IOrderHistory history, OrderFilter filter, PageRequest page, CancellationToken stop = default)
    {
        var found = await history.TradesAsync(filter, page, stop);
        var origins = await history.OriginsAsync([.. found.Items.Select(trade => trade.Fill.OrderId).OfType<ClientOrderId>().Distinct()], stop);
        return new([.. found.Items.Select(trade => new ListedTrade(trade, trade.Fill.OrderId is { } id ? origins.GetValueOrDefault(id) : null))], found.NextCursor);
    }
}
