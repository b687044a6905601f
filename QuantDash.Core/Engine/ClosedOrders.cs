using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

internal sealed record ClosedOrder(Order Order, AccountBook Account, SymbolLane Lane);

/// <summary>Orders that ended lately: a venue may still tell of a trade of theirs.</summary>
internal sealed class ClosedOrders
{
    public const int Most = 5_000;
    private readonly Dictionary<ClientOrderId, ClosedOrder> _closed = [];
    private readonly Queue<ClientOrderId> _oldest = [];
    private readonly Dictionary<ClientOrderId, Volume> _toldAfterHand = [];

    public ClosedOrder? Find(ClientOrderId id) => _closed.GetValueOrDefault(id);

    public void Add(Order order, AccountBook account, SymbolLane lane)
    {
        if (!_closed.ContainsKey(order.Id)) _oldest.Enqueue(order.Id);
        _closed[order.Id] = new(order, account, lane);
        if (_oldest.Count <= Most) return;
        _toldAfterHand.Remove(_oldest.Peek());
        _closed.Remove(_oldest.Dequeue());
    }

    /// <summary>Whether a person told the order's end, and this trade fits into what they said: then it is in the books.</summary>
    public bool IsBookedByHand(Order order, Fill fill)
    {
        var told = _toldAfterHand.GetValueOrDefault(order.Id, Volume.Zero) + fill.Volume;
        if (order.Reason != OrderTransitions.SettledByHand || told > order.FilledVolume) return false;
        _toldAfterHand[order.Id] = told;
        return true;
    }
}
