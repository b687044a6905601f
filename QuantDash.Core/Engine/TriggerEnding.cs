using QuantDash.Core.Locking;

namespace QuantDash.Core.Engine;

/// <summary>How a trigger ends, and what that leaves its rule, and the rules of its group, to go on with.</summary>
internal sealed class TriggerEnding(ChangeLog changes, RuleBook rules, TriggerBook triggers, LockKeeper keeper)
{
    public static Subject About(LockTrigger trigger) => new(trigger.AccountId, trigger.Symbol, trigger.Id);

    public void Finish(LockTrigger trigger, RuleSlot slot, string? problem, DateTimeOffset now)
    {
        if (problem is null) Complete(trigger, slot, now);
        else if (trigger.FilledVolume.IsZero) Fail(trigger, slot, problem, now);
        else CompletePartly(trigger, slot, problem, now);
    }

    public void Fail(LockTrigger trigger, RuleSlot slot, string problem, DateTimeOffset now)
    {
        triggers.Save(trigger.To(TriggerStatus.Failed, now) with { ErrorMessage = problem });
        changes.Tell(now, TapeSeverity.Danger, "lock.failed", About(trigger), LockWords.Name(trigger.Direction), problem);
        rules.Refresh(slot, now);
        rules.RefreshPeers(slot, now);
    }

    public void Expire(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        triggers.Save(trigger.To(TriggerStatus.Expired, now) with { ErrorMessage = "等待确认超时" });
        changes.Tell(now, TapeSeverity.Warning, "lock.expired", About(trigger), LockWords.Name(trigger.Direction), trigger.LockVolume.ToString());
        Release(slot, trigger, ArmState.WaitingForFalse, now);
    }

    /// <summary>Its lots went to another firing while it waited.</summary>
    public void Displace(LockTrigger waiting, RuleSlot slot, string problem, DateTimeOffset now)
    {
        triggers.Save(waiting.To(TriggerStatus.Cancelled, now) with { ErrorMessage = problem });
        changes.Tell(now, TapeSeverity.Warning, "lock.displaced", About(waiting), LockWords.Name(waiting.Direction), waiting.LockVolume.ToString());
        Release(slot, waiting, ArmState.WaitingForFalse, now);
    }

    /// <summary>It did what it was for: the rule goes on with what that leaves to be covered.</summary>
    public void Settle(RuleSlot slot, LockTrigger trigger, DateTimeOffset now)
    {
        slot.Held.Remove(trigger.Id);
        rules.Save(slot, RuleProgress.After(slot, trigger.Condition, trigger.Stage, now) with { UpdatedAt = now });
        rules.Refresh(slot, now);
        rules.RefreshPeers(slot, now);
    }

    public void Release(RuleSlot slot, LockTrigger trigger, ArmState next, DateTimeOffset now)
    {
        slot.Held.Remove(trigger.Id);
        if (slot.State.State != ArmState.Done) rules.Set(slot, next, now);
        rules.Refresh(slot, now);
        rules.RefreshPeers(slot, now);
    }

    private void Complete(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        var profit = LockWords.Money(keeper.LockedProfit(trigger.Id));
        var (result, code) = trigger.Action == LockAction.Lock
            ? ($"锁仓成功: {trigger.FilledVolume}手, 锁定利润: {profit}", "lock.executed")
            : ($"平仓成功: {trigger.FilledVolume}手, 平仓盈亏: {profit}", "lock.reduced");
        triggers.Save(trigger.To(TriggerStatus.Executed, now) with { ExecutionResult = result });
        changes.Tell(now, TapeSeverity.Success, code, About(trigger), LockWords.Name(trigger.Direction), trigger.FilledVolume.ToString(), profit);
        Settle(slot, trigger, now);
    }

    /// <summary>What could not be locked stays covered: by a stop at once, by a time whose moment still stands too, by a gain when its level is reached again.</summary>
    private void CompletePartly(LockTrigger trigger, RuleSlot slot, string problem, DateTimeOffset now)
    {
        triggers.Save(trigger.To(TriggerStatus.PartiallyExecuted, now) with { ErrorMessage = LockWords.InPart(trigger, problem) });
        changes.Tell(now, TapeSeverity.Danger, "lock.partial", About(trigger), LockWords.Name(trigger.Direction),
            trigger.FilledVolume.ToString(), trigger.LockVolume.ToString(), problem);
        if (trigger.Condition == ConditionKind.Time) rules.Save(slot, slot.State with { TimeActedAt = slot.State.TimeActedAt - RuleClock.ActedInPart, UpdatedAt = now });
        Release(slot, trigger, trigger.Condition is ConditionKind.Price or ConditionKind.Profit ? ArmState.WaitingForFalse : ArmState.Armed, now);
    }
}
