using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What an account's orders of late add up to. It follows from the orders alone: a start reads them back and counts them again.</summary>
internal sealed class OrderCounts
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Queue<DateTimeOffset> _second = [];
    private readonly Queue<DateTimeOffset> _minute = [];
    private readonly Queue<Given> _given = [];
    private readonly HashSet<Guid> _openings = [];
    private Given? _latest;
    private DateOnly _day;

    /// <summary>An order was intended; in the order in which they were.</summary>
    public void Note(Order order)
    {
        Forget(order.CreatedAt);
        _second.Enqueue(order.CreatedAt);
        _minute.Enqueue(order.CreatedAt);
        if (order is { Offset: Offset.Open, Purpose: OrderPurpose.Open }) NoteOpening(order);
        if (order.TriggerId is null && order.Purpose is OrderPurpose.Open or OrderPurpose.Close) NoteGiven(order);
    }

    public int LastSecond(DateTimeOffset now)
    {
        Forget(now);
        return _second.Count;
    }

    public int LastMinute(DateTimeOffset now)
    {
        Forget(now);
        return _minute.Count;
    }

    /// <summary>Decisions of a trading day that opened, whatever became of their orders.</summary>
    public int Openings(DateOnly day) => day == _day ? _openings.Count : 0;

    /// <summary>How long ago the same was given; null: not within <paramref name="window"/>.</summary>
    public TimeSpan? SinceSame(Symbol symbol, OrderSide side, bool opens, Price? price, Volume volume, TimeSpan window, DateTimeOffset now)
    {
        Forget(now);
        TimeSpan? since = null;
        foreach (var one in _given)
            if (now - one.At < window && one.Is(symbol, side, opens, price) && one.Volume == volume) since = now - one.At;
        return since;
    }

    private void NoteOpening(Order order)
    {
        if (order.TradingDay < _day) return;
        if (order.TradingDay > _day) _openings.Clear();
        _day = order.TradingDay;
        _openings.Add(order.OriginId);
    }

    /// <summary>The parts of one decision are one.</summary>
    private void NoteGiven(Order order)
    {
        if (_latest is { } latest && latest.Origin == order.OriginId && latest.Is(order.Symbol, order.Side, order.Offset == Offset.Open, order.LimitPrice))
        {
            latest.Volume += order.Volume;
            return;
        }
        _latest = new(order);
        _given.Enqueue(_latest);
    }

    private void Forget(DateTimeOffset now)
    {
        while (_second.TryPeek(out var at) && now - at >= Second) _second.Dequeue();
        while (_minute.TryPeek(out var at) && now - at >= Minute) _minute.Dequeue();
        while (_given.TryPeek(out var one) && now - one.At >= RiskLimits.LongestWindow) _given.Dequeue();
    }

    private sealed class Given(Order first)
    {
        public Guid Origin { get; } = first.OriginId;
        public DateTimeOffset At { get; } = first.CreatedAt;
        public Volume Volume { get; set; } = first.Volume;

        public bool Is(Symbol symbol, OrderSide side, bool opens, Price? price) =>
            first.Symbol == symbol && first.Side == side && (first.Offset == Offset.Open) == opens && first.LimitPrice == price;
    }
}
