using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>Which entries of a lock list are wanted; null: any. <see cref="Since"/> is inclusive, <see cref="Before"/> exclusive.</summary>
public sealed record LockFilter
{
    public AccountId? AccountId { get; init; }
    public Symbol? Symbol { get; init; }

    /// <summary>The rule it came from; triggers only.</summary>
    public Guid? ConfigId { get; init; }

    /// <summary>Triggers only.</summary>
    public TriggerStatus? Status { get; init; }

    /// <summary>Triggers only.</summary>
    public ConditionKind? Condition { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Before { get; init; }
}

/// <summary>All triggers, executions and locks ever, newest first, from the database: at most 1 s behind the engine.</summary>
public interface ILockHistory
{
    Task<LockTrigger?> TriggerAsync(Guid id, CancellationToken stop = default);

    Task<Page<LockTrigger>> TriggersAsync(LockFilter filter, PageRequest page, CancellationToken stop = default);

    Task<Page<LockExecution>> ExecutionsAsync(LockFilter filter, PageRequest page, CancellationToken stop = default);

    Task<Page<PositionLock>> LocksAsync(LockFilter filter, PageRequest page, CancellationToken stop = default);
}
