using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Orders;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

/// <summary>Where orders came from: each table is asked once, however many orders there are.</summary>
internal static class OrderOrigins
{
    public static async Task<IReadOnlyDictionary<ClientOrderId, OrderOrigin>> ReadAsync(QuantDashContext context, IReadOnlyCollection<ClientOrderId> wanted, CancellationToken stop)
    {
        var ids = wanted.Select(id => id.Value).Distinct().ToList();
        if (ids.Count == 0) return new Dictionary<ClientOrderId, OrderOrigin>();
        var orders = await context.Set<OrderRow>().Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.OriginId, o.TriggerId, o.StrategyId, o.Purpose }).ToListAsync(stop);
        var (origins, triggers) = (orders.Select(o => o.OriginId).Distinct().ToList(), orders.Select(o => o.TriggerId).OfType<Guid>().Distinct().ToList());
        var fired = triggers.Select(id => (Guid?)id).ToList();
        var rules = await context.Set<LockTriggerRow>().Where(t => triggers.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.ConfigId, stop);
        var locks = await context.Set<LockRow>().Where(l => origins.Contains(l.Id) || fired.Contains(l.TriggerId)).Select(l => new { l.Id, l.TriggerId }).ToListAsync(stop);
        var held = await context.Set<HeldOrderRow>().Where(h => origins.Contains(h.Id)).Select(h => h.Id).ToHashSetAsync(stop);
        var made = locks.Where(l => l.TriggerId is not null).ToLookup(l => l.TriggerId!.Value, l => l.Id);
        var let = locks.Select(l => l.Id).ToHashSet();
        return orders.ToDictionary(o => new ClientOrderId(o.Id), o =>
        {
            var purpose = EnumText<OrderPurpose>.Parse(o.Purpose);
            if (o.TriggerId is { } trigger)
                return new(OrderOwner.Rule, purpose, trigger, rules.TryGetValue(trigger, out var rule) ? rule : null, made[trigger].Select(id => (Guid?)id).FirstOrDefault(), null);
            if (o.StrategyId is { } strategy) return new(OrderOwner.Strategy, purpose, null, null, null, null) { StrategyId = strategy };
            return (let.Contains(o.OriginId), held.Contains(o.OriginId)) switch
            {
                (true, _) => new OrderOrigin(OrderOwner.Lock, purpose, null, null, o.OriginId, null),
                (_, true) => new(OrderOwner.Held, purpose, null, null, null, o.OriginId),
                _ => new(OrderOwner.Manual, purpose, null, null, null, null),
            };
        });
    }
}
