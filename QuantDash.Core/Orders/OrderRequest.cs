using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>What a person (or a program) asks for: lock, close or open.</summary>
/// <param name="Side">The leg: the one to close, to protect by a lock, or to open.</param>
/// <param name="LimitPrice">Needed for a limit order; null for a market order.</param>
public sealed record OrderRequest(AccountId AccountId, Symbol Symbol, OrderPurpose Purpose, Side Side, Volume Volume, OrderType Type, Price? LimitPrice);
