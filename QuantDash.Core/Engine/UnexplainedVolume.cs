using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Lots that position snapshots added to a leg, or took from it, which no trade has explained yet: the trade that is told later takes them back instead of being
/// counted twice. Outlives the process, since the trade may come after a restart.</summary>
/// <param name="Added">Added to the leg; else taken from it.</param>
/// <param name="TakenAt">When the latest of these snapshots was taken, on the account's clock.</param>
/// <param name="Volume">In lots, never negative; zero: all is explained.</param>
public sealed record UnexplainedVolume(AccountId AccountId, Symbol Symbol, Side Side, bool Added, DateTimeOffset TakenAt, Volume Volume);
