using QuantDash.Core.Primitives;

namespace QuantDash.Core.Audit;

/// <summary>One thing that was done or decided, before it has its place in the chain.</summary>
public record AuditNote
{
    /// <summary>When it was written down, on the machine's clock; whole microseconds, which both databases keep.</summary>
    public required DateTimeOffset At { get; init; }
    public required Actor Actor { get; init; }

    /// <summary>What was done, e.g. <c>rule.changed</c>, <c>trigger.executing</c>, <c>order.accepted</c>, <c>trade.booked</c>, <c>sign_in</c>. At most 64 characters.</summary>
    public required string Action { get; init; }
    public AccountId? AccountId { get; init; }
    public Symbol? Symbol { get; init; }

    /// <summary>The row it is about, in its own words: a rule's, trigger's or lock's id, a client order id, a trade id, a user's name. At most 128 characters.</summary>
    public string? Subject { get; init; }

    /// <summary>Ties together what followed from one cause, from the deciding tick to the last fill: the trigger's id, or the command's for an order given by hand.</summary>
    public Guid? CorrelationId { get; init; }

    /// <summary>JSON object: the changed columns as they were; null for what is new.</summary>
    public string? Before { get; init; }

    /// <summary>JSON object: the changed columns as they are now; null for what is gone.</summary>
    public string? After { get; init; }

    /// <summary>JSON array of the sentences told about it: <c>[{"key": …, "values": […]}]</c>.</summary>
    public string? Reason { get; init; }
}

/// <summary>A note with its place in the chain (table <c>audit_logs</c>).</summary>
public sealed record AuditEntry : AuditNote
{
    public AuditEntry()
    {
    }

    /// <summary>Copies everything of <paramref name="note"/>.</summary>
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public AuditEntry(AuditNote note, AuditHead place)
        : base(note) => (Number, Hash) = (place.Number, place.Hash);

    /// <summary>From 1, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>See <see cref="AuditChain.HashOf"/>.</summary>
    public required string Hash { get; init; }
}
