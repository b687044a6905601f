using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>One trade (成交) of an account. De-duplicated for ever on <see cref="FillKey"/>.</summary>
public sealed record Fill
{
    public required string TradeId { get; init; }
    public required AccountId AccountId { get; init; }
    public required Symbol Symbol { get; init; }
    public required DateOnly TradingDay { get; init; }
    public required OrderSide Side { get; init; }
    public required Offset Offset { get; init; }
    public required Price Price { get; init; }
    public required Volume Volume { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The order waited in the book and the other side came to it; false too where the venue does not say. Counts for the fee alone, which is stored.</summary>
    public bool IsMaker { get; init; }

    /// <summary>The venue did not say when: not before this, and <see cref="OccurredAt"/> is when we were told; null where it said. Matters only until it is booked.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Null for a trade made elsewhere.</summary>
    public ClientOrderId? OrderId { get; init; }

    public FillKey Key => new(AccountId, Symbol, TradingDay, Side, TradeId);

    public Side LegSide => (Offset == Offset.Open) == (Side == OrderSide.Buy) ? Primitives.Side.Long : Primitives.Side.Short;
}

/// <summary>What makes two reported trades the same trade (the exchange is part of the symbol).</summary>
public readonly record struct FillKey(AccountId AccountId, Symbol Symbol, DateOnly TradingDay, OrderSide Side, string TradeId);
