namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>Which order of the host is which in the process of the strategy. Those the strategy placed have its numbers, those the host made (of a move, of a run before) numbers below zero.</summary>
internal sealed class MirroredOrders
{
    /// <summary>No order has it: whatever is told next differs.</summary>
    private const decimal Unknown = -1m;

    private readonly Dictionary<int, StrategyOrder> _byId = [];
    private readonly Dictionary<StrategyOrder, int> _ids = [];
    private readonly List<StrategyOrder> _new = [];
    private readonly List<Told> _open = [];

    public StrategyOrder Of(int id) => _byId.TryGetValue(id, out var order) ? order : throw new FormatException($"There is no order {id}.");

    /// <summary>Of any order: one that the strategy did not ask for is told with the next request.</summary>
    public int IdOf(StrategyOrder order)
    {
        if (_ids.TryGetValue(order, out var id)) return id;
        id = order.Handle > 0 ? checked((int)order.Handle) : -order.Number;
        Add(id, order);
        if (id < 0) _new.Add(order);
        return id;
    }

    public void Add(int id, StrategyOrder order)
    {
        if (!_byId.TryAdd(id, order)) throw new FormatException($"Order {id} is there twice.");
        _ids.Add(order, id);
        _open.Add(new(order, 0m, StrategyOrderState.Working, null));
    }

    /// <summary>A fill changes it, also when it was over.</summary>
    public void Watch(StrategyOrder order)
    {
        if (_ids.ContainsKey(order) && !_open.Exists(told => told.Order == order)) _open.Add(new(order, Unknown, order.State, order.Reason));
    }

    /// <summary>Takes in orders that the host made by itself.</summary>
    public void LookFor(IReadOnlyList<IStrategyInstrument> instruments)
    {
        foreach (var instrument in instruments)
            foreach (var order in instrument.WorkingOrders) IdOf(order);
    }

    /// <summary>Writes the orders it does not know, then what changed of those it knows.</summary>
    /// <param name="isDroppable">It may never arrive: all of it is told again.</param>
    public void Tell(MessageWriter message, Func<IStrategyInstrument, int> indexOf, bool isDroppable)
    {
        message.Whole(_new.Count);
        foreach (var order in _new)
        {
            message.Whole(_ids[order]);
            message.Whole(indexOf(order.Instrument));
            OrderWire.Write(message, order.Side, order.Offset, order.Type, order.PriceTicks, order.Volume);
        }

        if (!isDroppable) _new.Clear();
        TellChanges(message, isDroppable);
    }

    private void TellChanges(MessageWriter message, bool isDroppable)
    {
        var (at, changed) = (message.Length, 0);
        message.Whole(0);
        for (var i = 0; i < _open.Count; i++)
        {
            var (order, told) = (_open[i].Order, _open[i]);
            if (order.FilledVolume == told.Filled && order.State == told.State && order.Reason == told.Reason) continue;
            changed++;
            _open[i] = new(order, isDroppable ? Unknown : order.FilledVolume, order.State, order.Reason);
            message.Whole(_ids[order]);
            message.Exact(order.FilledVolume);
            message.Byte((byte)order.State);
            message.TextOrNone(order.Reason);
        }

        message.WholeAt(at, changed);
        if (changed > 0 && !isDroppable) _open.RemoveAll(told => !told.Order.IsWorking);
    }

    private readonly record struct Told(StrategyOrder Order, decimal Filled, StrategyOrderState State, string? Reason);
}
