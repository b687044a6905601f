using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>One of many rules that are saved together.</summary>
/// <param name="Rule">As it is to be.</param>
/// <param name="Seen">When the rule it changes had been changed last, as its author saw it; null: a new rule.</param>
public sealed record RuleEdit(LockRule Rule, DateTimeOffset? Seen);

/// <summary>Why one of them cannot be saved.</summary>
/// <param name="Index">Its place in the list, from 0.</param>
public sealed record RuleRefused(int Index, Problem Problem);

/// <summary>All were saved, or none because of those refused.</summary>
/// <param name="Saved">In the order they came; empty when any was refused, or when they were only looked at.</param>
public sealed record RuleBatch(IReadOnlyList<RuleSaved> Saved, IReadOnlyList<RuleRefused> Refused);
