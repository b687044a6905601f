using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Orders;

/// <summary>The columns of <c>held_orders</c>: an order that we hold, of which its venue knows nothing.</summary>
/// <param name="Held">Always local.</param>
/// <param name="PriceNow">What it looks at; null without a price, and when it has ended.</param>
/// <param name="DistanceTicks">From that to its level; 0 or less: reached.</param>
/// <param name="TriggersAtOnce">Only in the answer that creates it: its level is reached already.</param>
public sealed record HeldOrderAnswer(
    Guid Id,
    string Held,
    Guid AccountId,
    string Symbol,
    OrderPurpose Action,
    Side Direction,
    OrderSide Side,
    decimal Volume,
    HeldKind Kind,
    HeldComparison Comparison,
    decimal Level,
    PriceSource PriceSource,
    OrderType Type,
    decimal? Price,
    DateOnly? TradingDay,
    DateTimeOffset? ValidUntil,
    HeldState Status,
    string? OrderId,
    decimal? SeenPrice,
    string? Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    decimal? PriceNow = null,
    long? DistanceTicks = null,
    bool? TriggersAtOnce = null)
{
    public static HeldOrderAnswer Of(HeldOrder held) => new(
        held.Id, "local", held.Order.AccountId.Value, held.Order.Symbol.ToString(), held.Order.Purpose, held.Order.Side, held.Order.OrderSide, held.Order.Volume.Value, held.Kind, held.Comparison,
        held.Level.Value, held.PriceSource, held.Order.Type, held.Order.LimitPrice?.Value, held.TradingDay, held.ValidUntil, held.State, held.OrderId?.Value, held.SeenPrice?.Value, held.Reason,
        held.CreatedAt, held.UpdatedAt);

    public static HeldOrderAnswer Of(HeldPlaced placed) => Of(placed.Held) with { TriggersAtOnce = placed.TriggersAtOnce };

    public static HeldOrderAnswer Of(HeldOrderView view) => Of(view.Held) with { PriceNow = view.Now?.Value, DistanceTicks = view.DistanceTicks };
}

/// <param name="AccountId">Our id, or the venue's.</param>
/// <param name="Kind">stop (at the market), stop_limit (needs a price) or conditional.</param>
/// <param name="Level">On a price tick.</param>
/// <param name="Action">open, close, or lock (opens the opposite leg).</param>
/// <param name="Direction">The leg that is opened, closed or locked.</param>
/// <param name="Comparison">at_or_above or at_or_below: needed for a conditional order; that of a stop follows from its side.</param>
/// <param name="PriceSource">last (when absent), bid_ask (the side the order would trade with) or mark.</param>
/// <param name="Type">limit when a price is given, else market.</param>
/// <param name="ThisDay">It ends with this trading day.</param>
/// <param name="ValidUntil">When it ends, on the account's clock.</param>
public sealed record HeldOrderBody(
    string AccountId, string Symbol, HeldKind Kind, decimal Level, OrderPurpose Action, Side Direction, decimal Volume, HeldComparison? Comparison = null, PriceSource? PriceSource = null,
    OrderType? Type = null, decimal? Price = null, bool? ThisDay = null, DateTimeOffset? ValidUntil = null);
