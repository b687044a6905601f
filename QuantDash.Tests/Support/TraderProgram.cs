using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Support;

/// <summary>The trader's own program beside a counter, scripted: asks for commands, keeps what it placed, and reports when it is told to. What reached the
/// counter is <see cref="Counter.Placed"/>: an id in it twice is the mistake that must never happen.</summary>
public sealed class TraderProgram(Func<DateTimeOffset, Outcome<BridgeHandOut>> ask, Func<IReadOnlyList<BridgeReport>, DateTimeOffset, Outcome<BridgeReportsTaken>> tell, Counter counter)
{
    private readonly HashSet<ClientOrderId> _mine = [];

    /// <summary>Orders it was asked about or given since the last look, in order.</summary>
    public List<BridgeCommand> Seen { get; } = [];

    public string? Epoch { get; private set; }
    public bool SnapshotWanted { get; private set; }

    /// <summary>One poll: places what it never placed, answers what it placed, and says so of what came too late.</summary>
    public Outcome<BridgeHandOut> Poll(DateTimeOffset now, bool reports = true, bool loseTheAnswer = false)
    {
        var taken = ask(now);
        if (!taken.Succeeded || loseTheAnswer) return taken;
        (Epoch, SnapshotWanted) = (taken.Value.Epoch, taken.Value.SnapshotWanted);
        foreach (var command in taken.Value.Items)
        {
            Seen.Add(command);
            var answer = Do(command, now);
            if (reports) Tell(now, answer);
        }
        return taken;
    }

    public Outcome<BridgeReportsTaken> Tell(DateTimeOffset now, params IReadOnlyList<BridgeReport> reports) => tell(reports, now);

    /// <summary>Its memory is gone: started again without its file.</summary>
    public void Forget() => _mine.Clear();

    private BridgeReport Do(BridgeCommand command, DateTimeOffset now)
    {
        var id = command.Order.Id;
        if (_mine.Contains(id)) return counter.StateOf(id, command.Action == BridgeAction.Cancel, now);
        if (command.Action != BridgeAction.Place || command.ExpiresAt <= now)
            return new() { OrderId = id, Status = BridgeStatus.Rejected, Reason = BridgeReport.Expired, Timestamp = now };
        _mine.Add(id);
        return counter.Place(command.Order, now);
    }
}

/// <summary>The counter behind it: takes orders, fills when told.</summary>
public sealed class Counter
{
    private readonly Dictionary<ClientOrderId, (Order Order, decimal Filled, bool Ended)> _orders = [];

    /// <summary>Every order that reached the counter; an id twice is an order twice.</summary>
    public List<ClientOrderId> Placed { get; } = [];

    public decimal FilledOf(ClientOrderId id) => _orders[id].Filled;

    /// <summary>What still stands at it, and with how much.</summary>
    public IReadOnlyList<(ClientOrderId Id, decimal Volume)> Standing => [.. _orders.Values.Where(order => !order.Ended).Select(order => (order.Order.Id, order.Order.Volume.Value - order.Filled))];

    public BridgeReport Place(Order order, DateTimeOffset now)
    {
        Placed.Add(order.Id);
        _orders[order.Id] = (order, 0, false);
        return new() { OrderId = order.Id, Status = BridgeStatus.Accepted, Timestamp = now };
    }

    public BridgeReport Fill(ClientOrderId id, decimal volume, decimal price, DateTimeOffset now)
    {
        var (order, filled, _) = _orders[id];
        filled += volume;
        _orders[id] = (order, filled, filled == order.Volume.Value);
        return new()
        {
            OrderId = id, Status = filled == order.Volume.Value ? BridgeStatus.Filled : BridgeStatus.PartiallyFilled,
            FilledVolume = new(filled), TradeVolume = new(volume), Price = new(price), TradeId = $"T{id}-{filled}", Timestamp = now,
        };
    }

    public BridgeReport StateOf(ClientOrderId id, bool cancel, DateTimeOffset now)
    {
        var (order, filled, ended) = _orders[id];
        var status = ended && filled == order.Volume.Value ? BridgeStatus.Filled : ended || cancel ? BridgeStatus.Cancelled : filled > 0 ? BridgeStatus.PartiallyFilled : BridgeStatus.Accepted;
        if (cancel && !ended) _orders[id] = (order, filled, true);
        return new() { OrderId = id, Status = status, FilledVolume = new(filled), Timestamp = now };
    }
}
