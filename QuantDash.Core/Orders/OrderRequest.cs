using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>What a person (or a program) asks for, before it is planned into offsets: lock, close or open.</summary>
/// <param name="Side">The leg: the one to protect by a lock, to close, or to open.</param>
/// <param name="LimitPrice">Needed for a limit order; null for a market order.</param>
public sealed record OrderRequest(
    AccountId AccountId, Symbol Symbol, OrderPurpose Purpose, Side Side, Volume Volume, OrderType Type, Price? LimitPrice)
{
    /// <summary>Other than <see cref="TimeInForce.Day"/> only with a limit price, and where the exchange has it.</summary>
    public TimeInForce TimeInForce { get; init; }

    /// <summary>A program says itself whether an order is another one; a person may have clicked twice.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>What it does at the market: opening a leg, or trading against the leg it locks or closes.</summary>
    public OrderSide OrderSide => Purpose == OrderPurpose.Open ? Side.OpeningOrder() : Side.ClosingOrder();
}
