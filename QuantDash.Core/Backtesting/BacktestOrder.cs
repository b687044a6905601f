using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting;

/// <summary>What became of an order of a run: its <see cref="StrategyOrder"/> as it stood last, without the object, so that the orders of a long run do not have to be kept alive.</summary>
/// <param name="Number">1, 2, 3 … in the order they were placed.</param>
/// <param name="PriceTicks">Limit price or stop level in ticks; 0 for a market order.</param>
/// <param name="Reason">Why it was refused or cancelled; null otherwise.</param>
public readonly record struct BacktestOrder(
    int Number, OrderSide Side, Offset Offset, StrategyOrderType Type, StrategyOrderState State, long PriceTicks, decimal Volume, decimal FilledVolume, string? Reason)
{
    internal static BacktestOrder Of(StrategyOrder order) =>
        new(order.Number, order.Side, order.Offset, order.Type, order.State, order.PriceTicks, order.Volume, order.FilledVolume, order.Reason);
}
