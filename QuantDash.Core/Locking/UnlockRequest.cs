using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>Which side of a lock is closed; the other one stays as an open leg, or with <see cref="Both"/> none does.</summary>
public enum UnlockLegs { Long, Short, Both }

/// <summary>解锁: what a person (or a program) asks for, before it is planned into orders.</summary>
/// <param name="LockId">The lock; null: the locks of that contract, oldest first.</param>
/// <param name="Volume">Volume of each leg that is let go; null: all of it.</param>
/// <param name="LongPrice">Limit of the order that closes the long leg; null for a market order.</param>
/// <param name="ShortPrice">Limit of the order that closes the short leg.</param>
public sealed record UnlockRequest(
    AccountId AccountId, Symbol Symbol, Guid? LockId, UnlockLegs Legs, Volume? Volume, OrderType Type, Price? LongPrice = null, Price? ShortPrice = null)
{
    /// <summary>In the order in which they are closed.</summary>
    public IReadOnlyList<Side> Sides => SidesOf(Legs);

    public Price? PriceOf(Side leg) => leg == Side.Long ? LongPrice : ShortPrice;

    public static IReadOnlyList<Side> SidesOf(UnlockLegs legs) => legs switch
    {
        UnlockLegs.Long => [Side.Long],
        UnlockLegs.Short => [Side.Short],
        UnlockLegs.Both => [Side.Long, Side.Short],
    };
}
