using System.Text.Json.Nodes;

namespace QuantDash.Tests.Recovery.Venue;

/// <summary>The counter: what reached it is the truth that the books are held against. It outlives every kill of the trader.</summary>
internal sealed class ScriptedVenue(string symbol, decimal longPosition, decimal averagePrice)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, VenueOrder> _orders = [];
    private readonly List<VenueTrade> _day = [];
    private readonly HashSet<string> _refused = [];
    private readonly List<string> _wrong = [];

    /// <summary>Promises that were broken towards the venue, in words.</summary>
    public IReadOnlyList<string> Wrong => Locked(() => _wrong.ToList());

    public IReadOnlyList<VenueOrder> Orders => Locked(() => _orders.Values.ToList());

    public IReadOnlyList<VenueTrade> Day => Locked(() => _day.ToList());

    public decimal Short => Locked(ShortHeld);

    /// <summary>Takes a new order, or gives back the known one: an order that is handed over twice is held against what it was.</summary>
    public (VenueOrder Order, bool IsNew) Place(JsonNode command, VenueFault fault, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_orders.TryGetValue(command["client_order_id"]!.GetValue<string>(), out var known))
            {
                if (known.Content != VenueOrder.ContentOf(command)) _wrong.Add($"{known.Id} was {known.Content}, and is now {VenueOrder.ContentOf(command)}");
                return (known, false);
            }

            var order = new VenueOrder(command, fault);
            if (_refused.Contains(order.Id)) _wrong.Add($"{order.Id} is handed over though it was said that it will never be placed");
            _orders.Add(order.Id, order);
            if (order.Symbol != symbol || order.Side != "sell" || order.Offset != "open") _wrong.Add($"{order.Id}: {order.Content} locks no long leg of {symbol}");
            if (fault is VenueFault.FillsAtTheCancel or VenueFault.HalfFilledAtTheCancel) return (order, true);
            if (fault == VenueFault.OutOfOrder) Fill(order, 1, now);
            Fill(order, order.Volume - order.Filled, now);
            return (order, true);
        }
    }

    public VenueOrder? Find(string id) => Locked(() => _orders.GetValueOrDefault(id));

    /// <summary>It was said of this id that it was never placed: it never may be.</summary>
    public void Refuse(string id)
    {
        lock (_gate) _refused.Add(id);
    }

    public void Cancel(VenueOrder order, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (order.Status is "filled" or "cancelled") return;
            if (order.Fault == VenueFault.FillsAtTheCancel) Fill(order, order.Volume, now);
            else if (order.Fault == VenueFault.HalfFilledAtTheCancel) Fill(order, decimal.Ceiling(order.Volume / 2), now);
            order.IsCancelled = order.Filled < order.Volume;
        }
    }

    /// <summary>What the counter says it holds, of one instant.</summary>
    public JsonObject Snapshot(string account, string? epoch, TimeProvider clock)
    {
        lock (_gate)
        {
            var position = new JsonObject
            {
                ["symbol"] = symbol, ["long_position"] = longPosition, ["long_today"] = longPosition, ["long_avg_price"] = averagePrice,
                ["short_position"] = ShortHeld(), ["short_today"] = ShortHeld(),
            };
            if (ShortHeld() > 0) position["short_avg_price"] = _day.Sum(trade => trade.Price * trade.Volume) / ShortHeld();
            var snapshot = new JsonObject { ["account_id"] = account, ["timestamp"] = clock.GetUtcNow(), ["complete"] = true, ["positions"] = new JsonArray(position) };
            if (epoch is not null) snapshot["epoch"] = epoch;
            return snapshot;
        }
    }

    private decimal ShortHeld() => _day.Sum(trade => trade.Volume);

    private void Fill(VenueOrder order, decimal volume, DateTimeOffset now)
    {
        if (volume == 0) return;
        var trade = new VenueTrade($"V{_day.Count + 1}", order.Id, order.Symbol, order.Side, order.Offset, order.Price, volume, now);
        order.Trades.Add(trade);
        _day.Add(trade);
    }

    private T Locked<T>(Func<T> look)
    {
        lock (_gate) return look();
    }
}
