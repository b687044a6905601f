using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Own orders that must be final before a leg is locked or closed (DESIGN.md 6.1): those that close the leg, because both filling would leave
/// the lock naked, and those on the other side of the book that it would trade with.</summary>
internal static class OwnOrders
{
    /// <param name="slot">The rule that fired.</param>
    /// <param name="limit">The worst price its order would go to.</param>
    public static List<Order> InTheWay(RuleSlot slot, Price limit)
    {
        var ours = slot.Rule.Direction.ClosingOrder();
        if (slot.Rule.Unlocks) return [.. slot.Account.Working.Values.Where(order => order.Symbol == slot.Rule.Symbol && (IsOfLock(order, slot.Rule.LockId) || WouldCross(order, ours, limit)))];
        return [.. slot.Account.Working.Values.Where(order => order.Symbol == slot.Rule.Symbol && (IsOwnClose(order, slot.Rule.Direction) || WouldCross(order, ours, limit)))];
    }

    /// <summary>Closes of a leg that no firing sent.</summary>
    public static List<Order> ClosesOf(AccountBook account, Symbol symbol, Side leg) => [.. account.Working.Values.Where(order => order.Symbol == symbol && IsOwnClose(order, leg))];

    /// <summary>Those of other firings end by themselves; what is unknown is asked for, not cancelled.</summary>
    public static bool MayCancel(Order order) => order.TriggerId is null && (order.State is not (OrderState.Cancelling or OrderState.Unknown) || order.PendingChange is not null);

    /// <summary>Closes of other firings share the leg by volume and need not end.</summary>
    private static bool IsOwnClose(Order order, Side leg) => order.TriggerId is null && order.Offset != Offset.Open && order.LegSide == leg;

    /// <summary>What a person has sent for the lock that a rule unlocks.</summary>
    private static bool IsOfLock(Order order, Guid? lockId) => order.TriggerId is null && order.OriginId == lockId;

    private static bool WouldCross(Order order, OrderSide ours, Price limit) =>
        order.Side != ours && (order.LimitPrice is not { } resting || (ours == OrderSide.Sell ? resting >= limit : resting <= limit));
}
