using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Positions;

/// <summary>Hands orders by hand to the trading thread.</summary>
public sealed class OrderCounter(TradingRuntime runtime, SameWish wishes) : IOrderCounter
{
    public Task<Outcome<OrderPreview>> PreviewAsync(OrderRequest request) => runtime.ReadAsync((engine, now) => engine.Preview(request, now));

    public Task<Outcome<Order>> PlaceAsync(OrderRequest request) => wishes.OnceAsync(request, () => runtime.RunAsync((engine, now) => engine.PlaceOrder(request, now)));

    public Task<Outcome<Order>> CancelAsync(ClientOrderId id) => runtime.RunAsync((engine, now) => engine.CancelOrder(id, now));

    public Task<Outcome<ReplacePreview>> PreviewReplaceAsync(ClientOrderId id, Price price, Volume? most) => runtime.ReadAsync((engine, now) => engine.PreviewReplace(id, price, most, now));

    public Task<Outcome<Order>> ReplaceAsync(ClientOrderId id, Price price, Volume? most) =>
        wishes.OnceAsync((nameof(ReplaceAsync), id, price, most), () => runtime.RunAsync((engine, now) => engine.ReplaceOrder(id, price, most, now)));
}
