using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>One stage of a ladder (column <c>stages</c>): a share of the leg that is locked when a level is reached.</summary>
/// <param name="Level">In the unit of the rule's main condition: a price, or floating profit in account currency.</param>
/// <param name="Ratio">Share of the leg as it was when the first stage fired, (0, 1]; all stages together at most 1.</param>
public sealed record LadderStage(decimal Level, Ratio Ratio);
