using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What an account that was stopped takes no more: orders that add exposure. Opening against a leg, up to what of it nothing opposes yet, reduces.</summary>
internal static class HaltCheck
{
    /// <param name="account">Whose.</param>
    /// <param name="request">What is wished.</param>
    /// <param name="instead">A working order that ends before this one goes out.</param>
    public static bool Refuses(AccountBook account, OrderRequest request, Order? instead = null) =>
        account.Account.Halt is not null && OpenedLeg(request) is { } leg && request.Volume > Opposable(account, request.Symbol, leg, instead);

    /// <summary>What may still be opened on a leg; null: the account was not stopped, and it is not this that limits it.</summary>
    public static Volume? Room(AccountBook account, Symbol symbol, Side leg) => account.Account.Halt is null ? null : Opposable(account, symbol, leg, null);

    private static Side? OpenedLeg(OrderRequest request) => request.Purpose switch
    {
        OrderPurpose.Open => request.Side,
        OrderPurpose.Lock => request.Side.Opposite(),
        OrderPurpose.Close or OrderPurpose.Unlock => null,
    };

    /// <summary>How much may be opened on a leg until it outgrows the other one, working orders counted as filled.</summary>
    private static Volume Opposable(AccountBook account, Symbol symbol, Side leg, Order? instead)
    {
        var opens = account.Working.Values.Where(order => order.Id != instead?.Id && order.Symbol == symbol && order.Offset == Offset.Open && order.LegSide == leg).Sum(order => order.Remaining.Value);
        var other = leg.Opposite();
        return account.Ledger.Leg(symbol, other).Volume.Minus(account.WorkingCloses(symbol, other)).Minus(account.Ledger.Leg(symbol, leg).Volume + new Volume(opens));
    }
}
