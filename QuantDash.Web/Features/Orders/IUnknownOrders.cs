using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Orders;

/// <summary>Where an order whose outcome is unknown is settled by hand. Answers once it is durable.</summary>
public interface IUnknownOrders
{
    /// <summary>What <see cref="SettleAsync"/> would book.</summary>
    Task<Outcome<SettlementPreview>> PreviewAsync(AccountId account, ClientOrderId id, OrderSettlement settlement);

    Task<Outcome<Order>> SettleAsync(AccountId account, ClientOrderId id, OrderSettlement settlement);
}

/// <summary>Hands settlements to the trading thread.</summary>
public sealed class UnknownOrders(TradingRuntime runtime) : IUnknownOrders
{
    public Task<Outcome<SettlementPreview>> PreviewAsync(AccountId account, ClientOrderId id, OrderSettlement settlement) =>
        runtime.ReadAsync((engine, _) => engine.PreviewSettlement(account, id, settlement));

    public Task<Outcome<Order>> SettleAsync(AccountId account, ClientOrderId id, OrderSettlement settlement) =>
        runtime.RunAsync((engine, now) => engine.SettleOrder(account, id, settlement, now));
}
