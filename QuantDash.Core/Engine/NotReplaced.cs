using QuantDash.Core.Orders;

namespace QuantDash.Core.Engine;

/// <summary>Why a change of an order that a trader asked for is not made. It is always told: they count on the changed order, or on the old one.</summary>
internal static class NotReplaced
{
    public const string CancelRefused = "cancel_refused";
    public const string NoAnswer = "no_answer";
    public const string Filled = "filled";
    public const string Rejected = "rejected";
    public const string DayEnded = "day_ended";
    public const string NotEnoughPosition = "not_enough_position";
    public const string TradingHalted = "trading_halted";
    public const string OverLimit = "over_limit";
    public const string Restart = "restart";

    /// <param name="changes">Where it is written.</param>
    /// <param name="order">The one that was to be changed.</param>
    /// <param name="why">One of the above.</param>
    /// <param name="now">The account's clock.</param>
    public static void Tell(ChangeLog changes, Order order, string why, DateTimeOffset now) =>
        changes.Tell(now, TapeSeverity.Warning, "order.not_replaced", new(order.AccountId, order.Symbol, order.OriginId), order.Id.Value, why);
}
