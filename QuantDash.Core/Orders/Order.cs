using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>开 / 平 / 平今 / 平昨.</summary>
public enum Offset { Open, Close, CloseToday, CloseYesterday }

public enum OrderType { Limit, Market }

/// <summary>Life of an order (DESIGN.md 7). <see cref="Unknown"/> is not rejected: it is queried until resolved, never sent again.</summary>
public enum OrderState { Intended, Submitting, Accepted, PartiallyFilled, Filled, Cancelling, Cancelled, Rejected, Unknown }

/// <summary>Why an order exists.</summary>
public enum OrderPurpose
{
    /// <summary>Opens the opposite leg for a lock.</summary>
    Lock,

    /// <summary>Closes (part of) a leg at the trader's wish.</summary>
    Close,

    /// <summary>Opens a position at the trader's or a strategy's wish.</summary>
    Open,

    /// <summary>Closes (part of) one side of a lock; its origin is the lock.</summary>
    Unlock,
}

/// <summary>What a trader wishes instead of a working order given by hand: it is cancelled first, and this goes out when its end is certain.</summary>
/// <param name="Price">Its next price.</param>
/// <param name="Most">Lots that go out again at most; null: all that it left.</param>
/// <param name="AskedOn">The trading day it was wished on: it is not good for another.</param>
public sealed record PendingChange(Price Price, Volume? Most, DateOnly AskedOn);

/// <summary>An order as we know it; immutable, changed by <c>with</c> through <c>OrderTransitions</c>.</summary>
public sealed record Order
{
    public required ClientOrderId Id { get; init; }
    public required AccountId AccountId { get; init; }
    public required Symbol Symbol { get; init; }
    public required OrderSide Side { get; init; }
    public required Offset Offset { get; init; }
    public required OrderType Type { get; init; }

    /// <summary>Limit price; null for a market order.</summary>
    public Price? LimitPrice { get; init; }

    /// <summary>Whether it may wait for its fill.</summary>
    public TimeInForce TimeInForce { get; init; }
    public required Volume Volume { get; init; }
    public Volume FilledVolume { get; init; }

    /// <summary>Volume-weighted price of the fills; null before the first.</summary>
    public Price? AverageFillPrice { get; init; }
    public required OrderState State { get; init; }
    public required OrderPurpose Purpose { get; init; }

    /// <summary>The trigger or command it belongs to.</summary>
    public required Guid OriginId { get; init; }

    /// <summary>The trigger it executes; null for an order given by hand.</summary>
    public Guid? TriggerId { get; init; }

    /// <summary>The strategy that asked for it; null: none did.</summary>
    public Guid? StrategyId { get; init; }

    /// <summary>1 for the first order of its origin, 2 for the next, …</summary>
    public required int Child { get; init; }
    public required DateOnly TradingDay { get; init; }

    /// <summary>The venue's words, or ours, for a refusal, a cancel or an unknown outcome.</summary>
    public string? Reason { get; init; }
    public string? VenueOrderId { get; init; }

    /// <summary>What follows when it is cancelled; null: nothing. Only ever while <see cref="OrderState.Cancelling"/>.</summary>
    public PendingChange? PendingChange { get; init; }

    /// <summary>Placed on a source whose feed is the clock: never to be sent to a real venue.</summary>
    public bool Replay { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public Volume Remaining => Volume.Minus(FilledVolume);

    /// <summary>The venue filled more than was ordered: a fact to book and to wake somebody for.</summary>
    public bool IsOverfilled => FilledVolume > Volume;

    /// <summary>Filled, cancelled or rejected: nothing more can happen.</summary>
    public bool IsFinal => State is OrderState.Filled or OrderState.Cancelled or OrderState.Rejected;

    /// <summary>The leg it adds to (open) or takes from (close).</summary>
    public Side LegSide => (Offset == Offset.Open) == (Side == OrderSide.Buy) ? Primitives.Side.Long : Primitives.Side.Short;
}
