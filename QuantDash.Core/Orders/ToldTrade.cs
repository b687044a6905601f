using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>A trade as a program beside the counter tells it, ours or made elsewhere (<c>POST /api/trades</c>).</summary>
public sealed record ToldTrade
{
    public required string TradeId { get; init; }
    public required Symbol Symbol { get; init; }
    public required OrderSide Side { get; init; }

    /// <summary>Null: the venue has none; it closes what is held on the other side, else opens.</summary>
    public Offset? Offset { get; init; }
    public required Price Price { get; init; }
    public required Volume Volume { get; init; }
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Our order; null or not ours: made elsewhere.</summary>
    public ClientOrderId? OrderId { get; init; }
}

/// <param name="Booked">Trades that were new.</param>
/// <param name="Repeated">Trades we knew.</param>
/// <param name="UnknownIds">Orders they named that are not ours; those trades were booked as made elsewhere.</param>
public sealed record TradesTaken(int Booked, int Repeated, IReadOnlyList<ClientOrderId> UnknownIds)
{
    /// <summary>Of the new ones, those of no order of ours.</summary>
    public IReadOnlyList<ToldTrade> Elsewhere { get; init; } = [];
}
