using QuantDash.Core.Orders;

namespace QuantDash.Core.Engine;

internal sealed record ClosedOrder(Order Order, AccountBook Account, SymbolLane Lane);

/// <summary>Orders that ended lately: a venue may still tell of a trade of theirs.</summary>
internal sealed class ClosedOrders
{
    private const int Most = 5_000;
    private readonly Dictionary<ClientOrderId, ClosedOrder> _closed = [];
    private readonly Queue<ClientOrderId> _oldest = [];

    public ClosedOrder? Find(ClientOrderId id) => _closed.GetValueOrDefault(id);

    public void Add(Order order, AccountBook account, SymbolLane lane)
    {
        if (!_closed.ContainsKey(order.Id)) _oldest.Enqueue(order.Id);
        _closed[order.Id] = new(order, account, lane);
        if (_oldest.Count > Most) _closed.Remove(_oldest.Dequeue());
    }
}
