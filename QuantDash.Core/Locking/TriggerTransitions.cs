namespace QuantDash.Core.Locking;

/// <summary>Which status of a trigger may follow which (DESIGN.md 6, and 6.1 for an order that expired unsent).</summary>
public static class TriggerTransitions
{
    public static bool Allows(TriggerStatus from, TriggerStatus to) => (from, to) switch
    {
        (TriggerStatus.Pending, TriggerStatus.WaitingConfirm or TriggerStatus.Executing or TriggerStatus.PartiallyExecuted or TriggerStatus.Cancelled or TriggerStatus.Failed) => true,
        (TriggerStatus.WaitingConfirm, TriggerStatus.Executing or TriggerStatus.Pending or TriggerStatus.Cancelled or TriggerStatus.Expired or TriggerStatus.Failed) => true,
        (TriggerStatus.Executing, TriggerStatus.Executed or TriggerStatus.PartiallyExecuted or TriggerStatus.Failed or TriggerStatus.Pending) => true,
        (TriggerStatus.Failed, TriggerStatus.Executing or TriggerStatus.Pending or TriggerStatus.Cancelled or TriggerStatus.Executed) => true,
        _ => false,
    };

    /// <summary>The trigger in its next status. Throws <see cref="InvalidOperationException"/> on a move the table does not know: that is a bug, not an outcome.</summary>
    public static LockTrigger To(this LockTrigger trigger, TriggerStatus next, DateTimeOffset at)
    {
        if (!Allows(trigger.Status, next)) throw new InvalidOperationException($"A trigger does not go from {trigger.Status} to {next}.");
        var closed = next is not (TriggerStatus.Pending or TriggerStatus.WaitingConfirm or TriggerStatus.Executing);
        return trigger with { Status = next, UpdatedAt = at, ExecutionTime = closed ? at : trigger.ExecutionTime };
    }
}
