using QuantDash.Core.Primitives;

namespace QuantDash.Core.Locking;

/// <summary>States of a trigger (column <c>execution_status</c>, snake_case); moves: <c>TriggerTransitions</c>.</summary>
public enum TriggerStatus { Pending, WaitingConfirm, Executing, Executed, PartiallyExecuted, Failed, Cancelled, Expired }

/// <summary>触发记录 (table <c>lock_triggers</c>): one firing of one condition of one rule, with the tick and the numbers that decided it.</summary>
public sealed record LockTrigger
{
    public required Guid Id { get; init; }
    public required Guid ConfigId { get; init; }
    public required AccountId AccountId { get; init; }
    public required Symbol Symbol { get; init; }

    /// <summary>The leg that is locked.</summary>
    public required Side Direction { get; init; }
    public required ConditionKind Condition { get; init; }

    /// <summary>What it does: open the opposite leg, close the leg, or close a lock's leg.</summary>
    public LockAction Action { get; init; }

    /// <summary>The lock whose lots it closes; null when it locks or reduces.</summary>
    public Guid? LockId { get; init; }

    /// <summary>The highest stage of a ladder that it carries out, from 1; 0 when the condition has none.</summary>
    public int Stage { get; init; }

    /// <summary>The sentence with its numbers, e.g. <c>利润达到阈值: 10500.00 >= 10000.00</c>.</summary>
    public required string TriggerCondition { get; init; }

    /// <summary>The deciding price.</summary>
    public required Price TriggerPrice { get; init; }

    /// <summary>Floating P&amp;L of the leg at that price; null when an open price is unknown.</summary>
    public decimal? TriggerProfit { get; init; }

    /// <summary>The deciding tick's own time.</summary>
    public required DateTimeOffset TickTimestamp { get; init; }
    public required Volume LockVolume { get; init; }

    /// <summary>Volume filled so far over all of its orders.</summary>
    public Volume FilledVolume { get; init; }
    public required TriggerStatus Status { get; init; }
    public required bool AutoExecute { get; init; }
    public bool Shadow { get; init; }

    /// <summary>When it fired, on the account's clock.</summary>
    public required DateTimeOffset TriggeredAt { get; init; }

    /// <summary>Until when it waits for the click.</summary>
    public DateTimeOffset? ConfirmBy { get; init; }

    /// <summary>When it became executed, partially executed, failed, cancelled or expired.</summary>
    public DateTimeOffset? ExecutionTime { get; init; }
    public string? ExecutionResult { get; init; }

    /// <summary>What went wrong and why, e.g. <c>持仓不足: 当前long仓: 3手, 需要锁定: 8手</c>.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Number of orders sent for it so far: the next child is one more.</summary>
    public int Children { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Pending, waiting or executing: it still holds volume.</summary>
    public bool IsOpen => Status is TriggerStatus.Pending or TriggerStatus.WaitingConfirm or TriggerStatus.Executing;
}

/// <summary>锁仓执行 (table <c>lock_executions</c>): the outcome of one trigger's orders, one row a trigger, growing with its fills.</summary>
public sealed record LockExecution
{
    public required Guid Id { get; init; }
    public required Guid TriggerId { get; init; }

    /// <summary>The lock it made, or let go of; null when it closed free lots.</summary>
    public required Guid? LockId { get; init; }
    public required AccountId AccountId { get; init; }
    public required Symbol Symbol { get; init; }
    public required Side Direction { get; init; }
    public required Volume LockVolume { get; init; }

    /// <summary>Average fill price.</summary>
    public required Price LockPrice { get; init; }

    /// <summary>Σ (fill price − open price of the lots locked) × volume × multiplier, sign by side, before fees; null when an open price is unknown.</summary>
    public decimal? LockedProfit { get; init; }
    public required decimal Fee { get; init; }

    /// <summary><c>auto</c> or <c>manual</c>.</summary>
    public required ExecutionMethod Method { get; init; }
    public required DateTimeOffset ExecutedAt { get; init; }
}

public enum ExecutionMethod { Auto, Manual }
