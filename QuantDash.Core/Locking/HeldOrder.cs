using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>止损单, 止损限价单, 条件单.</summary>
public enum HeldKind
{
    /// <summary>Sells at or below its level, buys at or above it, at the market.</summary>
    Stop,

    /// <summary>The same with a limit.</summary>
    StopLimit,

    /// <summary>Either side of either comparison, at the market or with a limit.</summary>
    Conditional,
}

public enum HeldComparison { AtOrAbove, AtOrBelow }

/// <summary>Life of a held order. Every state but <see cref="Waiting"/> is final.</summary>
public enum HeldState
{
    Waiting,

    /// <summary>Its price was seen and its order was intended, both in one step. What becomes of that order is the order's own story, unless it never reaches the venue:
    /// then it waits again.</summary>
    Triggered,
    Cancelled,
    Expired,

    /// <summary>Its price was seen and its order was refused by the checks of an order by hand.</summary>
    Failed,
}

/// <summary>What a person (or a program) asks to be held.</summary>
/// <param name="Order">The order that is placed when the price is seen.</param>
/// <param name="Level">On a tick of the contract.</param>
/// <param name="Comparison">Needed for a conditional order; that of a stop follows from the side of its order.</param>
/// <param name="PriceSource">What is compared with the level; bid and ask: the one that the order would trade with.</param>
/// <param name="ThisDay">It ends with the trading day on which it was placed.</param>
/// <param name="ValidUntil">When it ends, on the account's clock; null: no set time.</param>
public sealed record HeldRequest(
    OrderRequest Order, HeldKind Kind, Price Level, HeldComparison? Comparison = null, PriceSource PriceSource = PriceSource.Last, bool ThisDay = false, DateTimeOffset? ValidUntil = null);

/// <summary>An order that we hold until its price is seen ("local", 本地): no venue knows of it before. Immutable; table <c>held_orders</c>.</summary>
public sealed record HeldOrder
{
    public required Guid Id { get; init; }

    /// <summary>The order that is placed when the price is seen; its volume is what is left to place.</summary>
    public required OrderRequest Order { get; init; }
    public required HeldKind Kind { get; init; }

    /// <summary>On a tick of the contract.</summary>
    public required Price Level { get; init; }
    public required HeldComparison Comparison { get; init; }
    public PriceSource PriceSource { get; init; }

    /// <summary>The trading day that it ends with; null: it lives on.</summary>
    public DateOnly? TradingDay { get; init; }

    /// <summary>When it ends, on the account's clock; null: no set time.</summary>
    public DateTimeOffset? ValidUntil { get; init; }
    public HeldState State { get; init; }

    /// <summary>How often it has triggered: once, unless an order of it never reached the venue and it waited again.</summary>
    public int Tries { get; init; }

    /// <summary>The first order that it placed when it triggered last; null until it did.</summary>
    public ClientOrderId? OrderId { get; init; }

    /// <summary>The price at which it triggered or failed: the real one, after a gap not the level.</summary>
    public Price? SeenPrice { get; init; }

    /// <summary>Why it ended, when it placed nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>Order of creation, from 1: of several that trigger on one tick the earlier comes first.</summary>
    public required long Sequence { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>A stop's comparison follows from the side of its order: a fall is sold, a rise is bought.</summary>
    public static HeldComparison ImpliedBy(OrderSide side) => side == OrderSide.Sell ? HeldComparison.AtOrBelow : HeldComparison.AtOrAbove;

    /// <summary>The leg whose price is looked at where bid and ask count: a sale looks at the bid, a purchase at the ask.</summary>
    public static Side WatchedSide(OrderSide side) => side == OrderSide.Sell ? Side.Long : Side.Short;

    /// <summary>Whether <paramref name="price"/> has reached <paramref name="level"/>; exactly at it counts.</summary>
    public static bool IsReached(HeldComparison comparison, long price, long level) => comparison == HeldComparison.AtOrAbove ? price >= level : price <= level;

    /// <summary>It in the board's terms, with its level in ticks. For the board a sale is a long leg: a fall to the level is its stop, a rise to it a price reached.</summary>
    public BoardRule ToBoard(long level)
    {
        var isStop = Comparison == ImpliedBy(Order.OrderSide);
        return new()
        {
            RuleId = Id,
            Sequence = Sequence,
            Side = WatchedSide(Order.OrderSide),
            PriceSource = PriceSource,
            StopLevel = isStop ? level : null,
            PriceLevel = isStop ? null : level,
        };
    }
}
