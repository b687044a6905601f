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
        return await ByCreated.PageAsync(context, rows => rows.Matching(filter, context), r => r.ToOrder(), page, stop);
    }

    public async Task<Page<Trade>> TradesAsync(OrderFilter filter, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        return await ByTraded.PageAsync(context, rows => rows.Matching(filter, context), r => r.ToTrade(), page, stop);
    }

    public async Task<IReadOnlyDictionary<ClientOrderId, OrderOrigin>> OriginsAsync(IReadOnlyCollection<ClientOrderId> orders, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        return await OrderOrigins.ReadAsync(context, orders, stop);
    }

    public async Task<IReadOnlyList<TradeSum>> TradeSumsAsync(OrderFilter filter, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var open = EnumText<Offset>.Of(Offset.Open);
        var sums = await context.Set<TradeRow>().Matching(filter, context)
            .GroupBy(r => new { r.AccountId, r.Symbol })
            .Select(g => new
            {
                g.Key.AccountId,
                g.Key.Symbol,
                Trades = g.Count(),
                Volume = g.Sum(r => r.Volume),
                PriceVolume = g.Sum(r => r.Price * r.Volume),
                Fees = g.Sum(r => r.Commission),
                Closes = g.Count(r => r.Offset != open),
                Unknown = g.Count(r => r.Offset != open && r.RealisedPnl == null),
                Realised = g.Sum(r => r.Offset != open ? r.RealisedPnl : null),
            })
            .ToListAsync(stop);
        return
        [
            .. sums.Select(s => new TradeSum(new(s.AccountId), Symbol.ParseCanonical(s.Symbol), s.Trades, s.Volume, s.PriceVolume, s.Fees, s.Closes, s.Unknown, s.Realised ?? 0))
                .OrderBy(s => s.AccountId.Value).ThenBy(s => s.Symbol.ToString(), StringComparer.Ordinal),
        ];
    }
}
