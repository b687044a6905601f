using QuantDash.Core.Audit;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>audit_logs</c>: rows are only ever added, and the database refuses to change or remove one.</summary>
internal sealed class AuditRow
{
    public long Number { get; set; }
    public DateTimeOffset At { get; set; }
    public required string ActorKind { get; set; }
    public required string ActorName { get; set; }
    public required string Action { get; set; }
    public Guid? AccountId { get; set; }
    public string? Symbol { get; set; }
    public string? Subject { get; set; }
    public Guid? CorrelationId { get; set; }

    /// <summary>JSON text, never a JSON type of the database: that would write it in its own way, and the hash is over the text.</summary>
    public string? Before { get; set; }
    public string? After { get; set; }
    public string? Reason { get; set; }
    public required string Hash { get; set; }

    public static AuditRow From(AuditEntry entry) => new()
    {
        Number = entry.Number,
        At = entry.At,
        ActorKind = EnumText<ActorKind>.Of(entry.Actor.Kind),
        ActorName = entry.Actor.Name,
        Action = entry.Action,
        AccountId = entry.AccountId?.Value,
        Symbol = entry.Symbol?.ToString(),
        Subject = entry.Subject,
        CorrelationId = entry.CorrelationId,
        Before = entry.Before,
        After = entry.After,
        Reason = entry.Reason,
        Hash = entry.Hash,
    };

    public AuditEntry ToEntry() => new()
    {
        Number = Number,
        At = At,
        Actor = new(EnumText<Core.Audit.ActorKind>.Parse(ActorKind), ActorName),
        Action = Action,
        AccountId = AccountId is { } account ? new(account) : null,
        // Somebody may have put in what is no contract; the entry is shown all the same, and its hash tells.
        Symbol = Core.Primitives.Symbol.TryParseCanonical(Symbol, out var symbol) ? symbol : null,
        Subject = Subject,
        CorrelationId = CorrelationId,
        Before = Before,
        After = After,
        Reason = Reason,
        Hash = Hash,
    };
}
