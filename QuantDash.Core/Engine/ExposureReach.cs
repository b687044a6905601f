using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>How far the net position of a contract may get by the orders that work: all that buy filled, or all that sell. Both bounds hold whatever is filled in which order.</summary>
internal readonly record struct ExposureReach(decimal Net, decimal Buying, decimal Selling)
{
    /// <summary>Net once all of one side is filled.</summary>
    public decimal Towards(OrderSide side) => side == OrderSide.Buy ? Net + Buying : Net - Selling;

    /// <summary>The most that |net| becomes.</summary>
    public decimal Most => Math.Max(Math.Abs(Net), Math.Max(Math.Abs(Net + Buying), Math.Abs(Net - Selling)));

    public ExposureReach With(OrderSide side, decimal volume) => side == OrderSide.Buy ? this with { Buying = Buying + volume } : this with { Selling = Selling + volume };

    /// <param name="account">Whose.</param>
    /// <param name="symbol">Of what.</param>
    /// <param name="instead">A working order that ends before the next goes out.</param>
    public static ExposureReach Of(AccountBook account, Symbol symbol, Order? instead = null)
    {
        var reach = new ExposureReach(NetOf(account, symbol), 0m, 0m);
        foreach (var order in account.Working.Values)
            if (order.Symbol == symbol && order.Id != instead?.Id) reach = reach.With(order.Side, order.Remaining.Value);
        return reach;
    }

    /// <summary>Of every contract that is held or ordered.</summary>
    public static Dictionary<Symbol, ExposureReach> Of(AccountBook account, Order? instead = null)
    {
        var all = account.Ledger.Symbols.ToDictionary(symbol => symbol, symbol => new ExposureReach(NetOf(account, symbol), 0m, 0m));
        foreach (var order in account.Working.Values)
        {
            if (order.Id == instead?.Id) continue;
            all[order.Symbol] = (all.TryGetValue(order.Symbol, out var reach) ? reach : default).With(order.Side, order.Remaining.Value);
        }
        return all;
    }

    private static decimal NetOf(AccountBook account, Symbol symbol) => account.Ledger.Leg(symbol, Side.Long).Volume.Value - account.Ledger.Leg(symbol, Side.Short).Volume.Value;
}
