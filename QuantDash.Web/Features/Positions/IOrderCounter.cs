using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Positions;

/// <summary>Where orders by hand are previewed and given. Giving one answers once its intent is durable.</summary>
public interface IOrderCounter
{
    Task<Outcome<OrderPreview>> PreviewAsync(OrderRequest request);

    Task<Outcome<Order>> PlaceAsync(OrderRequest request);

    Task<Outcome<Order>> CancelAsync(ClientOrderId id);

    /// <summary>What <see cref="ReplaceAsync"/> would send.</summary>
    Task<Outcome<ReplacePreview>> PreviewReplaceAsync(ClientOrderId id, Price price, Volume? most);

    /// <param name="id">A working order given by hand.</param>
    /// <param name="price">Its next price.</param>
    /// <param name="most">Lots that go out again at most; null: all that it left.</param>
    Task<Outcome<Order>> ReplaceAsync(ClientOrderId id, Price price, Volume? most);
}
