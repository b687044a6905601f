using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>Volume of one lot that belongs to a lock.</summary>
public sealed record LotBinding(Guid LotId, Side Side, Volume Volume);
