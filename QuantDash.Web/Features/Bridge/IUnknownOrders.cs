using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Bridge;

/// <summary>Where an order whose outcome is unknown is settled by hand. Answers once it is durable.</summary>
public interface IUnknownOrders
{
    Task<Outcome<Order>> SettleAsync(AccountId account, ClientOrderId id, OrderSettlement settlement);
}

/// <summary>Hands settlements to the trading thread.</summary>
public sealed class UnknownOrders(TradingRuntime runtime) : IUnknownOrders
{
    public Task<Outcome<Order>> SettleAsync(AccountId account, ClientOrderId id, OrderSettlement settlement) =>
        runtime.RunAsync((engine, now) => engine.SettleOrder(account, id, settlement, now));
}
