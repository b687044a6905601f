using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Positions;

/// <summary>What the trader wants to do with one leg: lock it or close it.</summary>
public sealed record Ticket(AccountId AccountId, Symbol Symbol, OrderPurpose Purpose, Side Side);
