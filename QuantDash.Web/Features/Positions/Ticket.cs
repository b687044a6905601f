using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Positions;

/// <summary>What the trader wants to do with one leg: open, lock or close it.</summary>
/// <param name="Price">Proposed by who opened the ticket; null: the ticket proposes one.</param>
/// <param name="IsFree">Contract, side and purpose can still be chosen in it.</param>
public sealed record Ticket(AccountId AccountId, Symbol Symbol, OrderPurpose Purpose, Side Side, decimal? Price = null, bool IsFree = false)
{
    /// <summary>An order to buy or to sell, where the leg that it would close comes first.</summary>
    public static Ticket For(AccountId account, Symbol symbol, OrderSide side, LegView? closes, decimal? price = null)
    {
        var opens = side == OrderSide.Buy ? Side.Long : Side.Short;
        return closes is { ClosableVolume.IsZero: false }
            ? new(account, symbol, OrderPurpose.Close, opens.Opposite(), price, IsFree: true)
            : new(account, symbol, OrderPurpose.Open, opens, price, IsFree: true);
    }
}
