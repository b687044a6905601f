using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>A trade that is in the books, with what it said.</summary>
public readonly record struct BookedTrade(FillKey Key, Volume Volume, Price Price, DateTimeOffset OccurredAt, ClientOrderId? OrderId)
{
    public static BookedTrade Of(Fill fill) => new(fill.Key, fill.Volume, fill.Price, fill.OccurredAt, fill.OrderId);

    /// <summary>Whether both say the same of it. Its time and its order may be told by one and not by another.</summary>
    public bool Agrees(BookedTrade other) => (Key, Volume, Price) == (other.Key, other.Volume, other.Price);
}

/// <summary>Trades of one account that are in the books: each is booked once, as it was told first. What lies further back than anybody can tell again is forgotten: a counter
/// repeats the day, and over a change of days the one before, and all the trades of an order that it is asked about; a venue of our own process repeats the orders that it remembers.</summary>
/// <param name="most">The latest so many are kept; null: all that may be told again, as a start reads them back.</param>
internal sealed class SeenTrades(int? most)
{
    private readonly Dictionary<FillKey, BookedTrade> _booked = [];
    private readonly Queue<FillKey> _oldest = [];
    private readonly HashSet<(FillKey Key, Volume Volume, Price Price)> _contradictions = [];

    public void Restore(BookedTrade trade) => Keep(trade);

    /// <returns>False: it is there already.</returns>
    public bool Add(Fill fill) => Keep(BookedTrade.Of(fill));

    public bool Contains(Fill fill) => _booked.ContainsKey(fill.Key);

    /// <summary>What is in the books where <paramref name="fill"/> says otherwise; null: it agrees, or it has been asked before (after a restart of ours once more).</summary>
    public BookedTrade? ContradictedBy(Fill fill)
    {
        var told = BookedTrade.Of(fill);
        return _booked.TryGetValue(fill.Key, out var ours) && !ours.Agrees(told) && _contradictions.Add((told.Key, told.Volume, told.Price)) ? ours : null;
    }

    /// <summary>A new trading day began.</summary>
    /// <param name="day">The one that ended; it is kept.</param>
    /// <param name="since">What happened from then on is kept too, though its order was of an earlier day.</param>
    /// <param name="isKnown">Whether an order is working, or ended lately: its trades carry its day, however long ago that was.</param>
    public void ForgetBefore(DateOnly day, DateTimeOffset since, Func<ClientOrderId, bool> isKnown)
    {
        for (var left = _oldest.Count; left > 0; left--)
        {
            var key = _oldest.Dequeue();
            var trade = _booked[key];
            if (key.TradingDay >= day || trade.OccurredAt >= since || (trade.OrderId is { } order && isKnown(order))) _oldest.Enqueue(key);
            else _booked.Remove(key);
        }

        _contradictions.RemoveWhere(told => !_booked.ContainsKey(told.Key));
    }

    private bool Keep(BookedTrade trade)
    {
        if (!_booked.TryAdd(trade.Key, trade)) return false;
        _oldest.Enqueue(trade.Key);
        while (_oldest.Count > most) _booked.Remove(_oldest.Dequeue());
        return true;
    }
}
