using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Which entries of the tape are wanted; null: any. <see cref="Since"/> is inclusive, <see cref="Before"/> exclusive.</summary>
public sealed record TapeFilter
{
    public AccountId? AccountId { get; init; }
    public Symbol? Symbol { get; init; }
    public TapeSeverity? Severity { get; init; }

    /// <summary>Trigger, order, lock or rule.</summary>
    public Guid? SubjectId { get; init; }
    /// <summary>The beginning of the key: <c>account.</c> finds <c>account.risk_high</c>.</summary>
    public string? KeyPrefix { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Before { get; init; }
}

/// <summary>The whole tape, newest first, from the database.</summary>
public interface ITapeHistory
{
    Task<Page<TapeEvent>> EventsAsync(TapeFilter filter, PageRequest page, CancellationToken stop = default);
}
