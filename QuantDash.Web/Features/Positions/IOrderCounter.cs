using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Positions;

/// <summary>Where orders by hand are given. Giving one answers once its intent is durable.</summary>
public interface IOrderCounter
{
    Task<Outcome<Order>> PlaceAsync(OrderRequest request);

    Task<Outcome<Order>> CancelAsync(ClientOrderId id);
}
