using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What a comparison came to.</summary>
public enum ReconciliationOutcome
{
    /// <summary>Nothing differs.</summary>
    Agrees,

    /// <summary>What differed is in our books.</summary>
    TakenOver,

    /// <summary>Something waits for a person.</summary>
    Differs,
}

/// <summary>A comparison that is kept: one at start, after a reconnection or on demand, and one that found something else than the comparison before it. The quiet ones in between
/// are counted.</summary>
public sealed record ReconciliationRecord
{
    public required AccountId AccountId { get; init; }
    public required ReconciliationRun Run { get; init; }

    /// <summary>Differences it found or that still stood.</summary>
    public required int Found { get; init; }

    /// <summary>Of these, the ones that nobody has taken over.</summary>
    public required int Open { get; init; }

    /// <summary>Comparisons since the one kept before it that found nothing else.</summary>
    public required int QuietBefore { get; init; }

    /// <summary>The first of <see cref="Found"/>.</summary>
    public required IReadOnlyList<Difference> Differences { get; init; }

    public ReconciliationOutcome Outcome => Open > 0 ? ReconciliationOutcome.Differs : Found > 0 ? ReconciliationOutcome.TakenOver : ReconciliationOutcome.Agrees;

    /// <summary>From the question to the comparison; null: the venue told by itself.</summary>
    public TimeSpan? Took => Run.EndedAt - Run.AskedAt;
}
