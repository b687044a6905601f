using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

/// <summary>Orders and trades that a filter wants.</summary>
internal static class OrderSelection
{
    public static IQueryable<OrderRow> Matching(this IQueryable<OrderRow> orders, OrderFilter filter, QuantDashContext context)
    {
        var (account, symbol, order) = (filter.AccountId?.Value, filter.Symbol?.ToString(), filter.OrderId?.Value);
        var side = filter.Side is { } wanted ? EnumText<OrderSide>.Of(wanted) : null;
        return orders
            .If(account is not null, r => r.AccountId == account)
            .If(symbol is not null, r => r.Symbol == symbol)
            .If(side is not null, r => r.Direction == side)
            .If(order is not null, r => r.Id == order)
            .If(filter.TradingDay is not null, r => r.TradingDay == filter.TradingDay)
            .If(filter.Since is not null, r => r.CreatedAt >= filter.Since)
            .If(filter.Before is not null, r => r.CreatedAt < filter.Before)
            .GivenAs(filter, context);
    }

    public static IQueryable<TradeRow> Matching(this IQueryable<TradeRow> trades, OrderFilter filter, QuantDashContext context)
    {
        var (account, symbol, order) = (filter.AccountId?.Value, filter.Symbol?.ToString(), filter.OrderId?.Value);
        var side = filter.Side is { } wanted ? EnumText<OrderSide>.Of(wanted) : null;
        var asked = filter with { Owner = filter.Owner == OrderOwner.Elsewhere ? null : filter.Owner };
        var orders = context.Set<OrderRow>().GivenAs(asked, context);
        // The few orders of a rule lead to their trades; of what most orders are, the newest trades are soon found by looking at one after another.
        var areFew = asked.RuleId is not null || asked.TriggerId is not null;
        return trades
            .If(account is not null, r => r.AccountId == account)
            .If(symbol is not null, r => r.Symbol == symbol)
            .If(side is not null, r => r.Direction == side)
            .If(order is not null, r => r.OrderId == order)
            .If(filter.TradingDay is not null, r => r.TradingDay == filter.TradingDay)
            .If(filter.Since is not null, r => r.TradeTime >= filter.Since)
            .If(filter.Before is not null, r => r.TradeTime < filter.Before)
            .If(filter.Owner == OrderOwner.Elsewhere, r => r.OrderId == null)
            .If(areFew, r => r.OrderId != null && orders.Select(o => o.Id).Contains(r.OrderId))
            .If(!areFew && AsksTheOrder(asked), r => orders.Any(o => o.Id == r.OrderId));
    }

    private static bool AsksTheOrder(OrderFilter filter) => filter is not { State: null, Purpose: null, Owner: null };

    /// <summary>What a trade knows through its order only.</summary>
    private static IQueryable<OrderRow> GivenAs(this IQueryable<OrderRow> orders, OrderFilter filter, QuantDashContext context)
    {
        var status = filter.State is { } state ? EnumText<OrderState>.Of(state) : null;
        var purpose = filter.Purpose is { } aim ? EnumText<OrderPurpose>.Of(aim) : null;
        var triggers = context.Set<LockTriggerRow>().Where(t => t.ConfigId == filter.RuleId).Select(t => (Guid?)t.Id);
        return orders
            .If(status is not null, r => r.Status == status)
            .If(purpose is not null, r => r.Purpose == purpose)
            .If(filter.TriggerId is not null, r => r.TriggerId == filter.TriggerId)
            .If(filter.RuleId is not null, r => triggers.Contains(r.TriggerId))
            .OwnedBy(filter.Owner, context);
    }

    private static IQueryable<OrderRow> OwnedBy(this IQueryable<OrderRow> orders, OrderOwner? owner, QuantDashContext context)
    {
        var locks = context.Set<LockRow>().Select(l => l.Id);
        var held = context.Set<HeldOrderRow>().Select(h => h.Id);
        return owner switch
        {
            null => orders,
            OrderOwner.Rule => orders.Where(o => o.TriggerId != null),
            OrderOwner.Lock => orders.Where(o => o.TriggerId == null && locks.Contains(o.OriginId)),
            OrderOwner.Held => orders.Where(o => o.TriggerId == null && held.Contains(o.OriginId)),
            OrderOwner.Strategy => orders.Where(o => o.StrategyId != null),
            OrderOwner.Manual => orders.Where(o => o.TriggerId == null && o.StrategyId == null && !locks.Contains(o.OriginId) && !held.Contains(o.OriginId)),
            OrderOwner.Elsewhere => orders.Where(o => false),
            _ => throw new ArgumentOutOfRangeException(nameof(owner), owner, null),
        };
    }
}
