using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Positions;

/// <summary>Where orders by hand are previewed and given. Giving one answers once its intent is durable.</summary>
public interface IOrderCounter
{
    Task<Outcome<OrderPreview>> PreviewAsync(OrderRequest request);

    Task<Outcome<Order>> PlaceAsync(OrderRequest request);

    Task<Outcome<Order>> CancelAsync(ClientOrderId id);
}
