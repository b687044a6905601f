using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class OrderHistory(IDbContextFactory<QuantDashContext> contexts) : IOrderHistory
{
    private static readonly NewestFirst<OrderRow> ByCreated = new(nameof(OrderRow.CreatedAt), nameof(OrderRow.Id), r => new(r.CreatedAt, r.Id), text => text);

    private static readonly NewestFirst<TradeRow> ByTraded = new(
        nameof(TradeRow.TradeTime), nameof(TradeRow.Id), r => new(r.TradeTime, r.Id.ToString()), NewestFirst<TradeRow>.GuidKey);

    public async Task<Page<Order>> OrdersAsync(OrderFilter filter, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var (account, symbol) = (filter.AccountId?.Value, filter.Symbol?.ToString());
        var status = filter.State is { } wanted ? EnumText<OrderState>.Of(wanted) : null;
        return await ByCreated.PageAsync(
            context,
            rows => rows
                .If(account is not null, r => r.AccountId == account)
                .If(symbol is not null, r => r.Symbol == symbol)
                .If(status is not null, r => r.Status == status)
                .If(filter.TriggerId is not null, r => r.TriggerId == filter.TriggerId)
                .If(filter.Since is not null, r => r.CreatedAt >= filter.Since)
                .If(filter.Before is not null, r => r.CreatedAt < filter.Before),
            r => r.ToOrder(),
            page,
            stop);
    }

    public async Task<Page<Trade>> TradesAsync(OrderFilter filter, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var (account, symbol, order) = (filter.AccountId?.Value, filter.Symbol?.ToString(), filter.OrderId?.Value);
        var ordersOfTrigger = context.Set<OrderRow>().Where(o => o.TriggerId == filter.TriggerId).Select(o => o.Id);
        return await ByTraded.PageAsync(
            context,
            rows => rows
                .If(account is not null, r => r.AccountId == account)
                .If(symbol is not null, r => r.Symbol == symbol)
                .If(order is not null, r => r.OrderId == order)
                .If(filter.TriggerId is not null, r => r.OrderId != null && ordersOfTrigger.Contains(r.OrderId))
                .If(filter.Since is not null, r => r.TradeTime >= filter.Since)
                .If(filter.Before is not null, r => r.TradeTime < filter.Before),
            r => r.ToTrade(),
            page,
            stop);
    }
}
