using QuantDash.Core.Primitives;

namespace QuantDash.Core.Audit;

/// <summary>Writes down what is no step of the engine: a sign-in, a key, a setting, a backup. Steps of the engine write themselves down with what they change.</summary>
public interface IAuditLog
{
    /// <summary>Ends when the note is durable and in the chain.</summary>
    Task RecordAsync(AuditNote note, CancellationToken stop = default);
}

/// <summary>Which entries are wanted; null: any. <see cref="Since"/> is inclusive, <see cref="Before"/> exclusive.</summary>
public sealed record AuditFilter
{
    public ActorKind? ActorKind { get; init; }

    /// <summary>The actor's whole name.</summary>
    public string? ActorName { get; init; }

    /// <summary>The beginning of the action: <c>rule</c> finds <c>rule.created</c>.</summary>
    public string? Action { get; init; }
    public AccountId? AccountId { get; init; }
    public Symbol? Symbol { get; init; }
    public string? Subject { get; init; }
    public Guid? CorrelationId { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Before { get; init; }
}

/// <summary>The chain as it stands in the database.</summary>
public interface IAuditHistory
{
    /// <summary>Newest first.</summary>
    Task<Page<AuditEntry>> EntriesAsync(AuditFilter filter, PageRequest page, CancellationToken stop = default);

    /// <summary>Looks through the whole chain and holds it against what was noted outside the database; trading goes on meanwhile.</summary>
    Task<AuditVerdict> VerifyAsync(CancellationToken stop = default);
}
