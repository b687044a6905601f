namespace QuantDash.Core.Engine;

public enum JournalState { Starting, Healthy, Retrying, Stopped, Fenced }

/// <summary>How the journal is doing: shown on the System page and in <c>/health</c>.</summary>
/// <param name="State"><see cref="JournalState.Retrying"/>: commits fail; nothing is lost, and nothing new goes out. <see cref="JournalState.Fenced"/>: another
/// process is the trader now; nothing more is written, and this process ends.</param>
/// <param name="Depth">Batches and other writes that wait.</param>
/// <param name="OldestWaitingSince">When the oldest of them was handed in; null when none waits.</param>
/// <param name="LastError">Of the latest failed attempt; null once a commit succeeded.</param>
public sealed record JournalHealth(JournalState State, int Depth, DateTimeOffset? OldestWaitingSince, long CommittedSequence, string? LastError)
{
    /// <summary>Of the last entry of the audit chain that is durable; null until it is known.</summary>
    public long? AuditNumber { get; init; }
}
