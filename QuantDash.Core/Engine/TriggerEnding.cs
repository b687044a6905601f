using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>How a trigger ends, and what that leaves its rule, and the rules of its group, to go on with.</summary>
internal sealed class TriggerEnding(ChangeLog changes, RuleBook rules, TriggerBook triggers, LockKeeper keeper, RelockDesk relocks)
{
    public static Subject About(LockTrigger trigger) => new(trigger.AccountId, trigger.Symbol, trigger.Id);

    /// <summary>Names an event of a firing: what unlocks is told as that, and never as a lock.</summary>
    public static string Key(LockTrigger trigger, string locking, string unlocking) => trigger.Action == LockAction.Unlock ? unlocking : locking;

    /// <summary>Why it cannot do what it is for: the leg, or the lock, does not hold that much.</summary>
    public static string NotEnough(RuleSlot slot, Volume left, Volume wanted) => slot.Rule.Unlocks
        ? LockWords.NotEnoughLocked(left, wanted)
        : LockWords.NotEnough(slot.Rule.Direction, slot.Leg().Volume, left, wanted);

    /// <summary>It was filled in part, and no more of it will be.</summary>
    public void SavePart(LockTrigger trigger, RuleSlot slot, string problem, DateTimeOffset now)
    {
        triggers.Save(trigger.To(TriggerStatus.PartiallyExecuted, now) with { ErrorMessage = LockWords.InPart(trigger, problem) });
        relocks.OnUnlocked(trigger, slot, keeper.AveragePrice(trigger.Id), now);
    }

    public void Finish(LockTrigger trigger, RuleSlot slot, string? problem, DateTimeOffset now)
    {
        if (problem is null) Complete(trigger, slot, now);
        else if (trigger.FilledVolume.IsZero) Fail(trigger, slot, problem, now);
        else CompletePartly(trigger, slot, problem, now);
    }

    public void Fail(LockTrigger trigger, RuleSlot slot, string problem, DateTimeOffset now)
    {
        triggers.Save(trigger.To(TriggerStatus.Failed, now) with { ErrorMessage = problem });
        changes.Tell(now, TapeSeverity.Danger, Key(trigger, "lock.failed", "release.failed"), About(trigger), LockWords.Name(trigger.Direction), problem);
        rules.Refresh(slot, now);
        rules.RefreshPeers(slot, now);
    }

    public void Expire(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        triggers.Save(trigger.To(TriggerStatus.Expired, now) with { ErrorMessage = "等待确认超时" });
        changes.Tell(now, TapeSeverity.Warning, Key(trigger, "lock.expired", "release.expired"), About(trigger), LockWords.Name(trigger.Direction), trigger.LockVolume.ToString());
        Release(slot, trigger, ArmState.WaitingForFalse, now);
    }

    /// <summary>Its lots went to another firing while it waited.</summary>
    public void Displace(LockTrigger waiting, RuleSlot slot, string problem, DateTimeOffset now)
    {
        triggers.Save(waiting.To(TriggerStatus.Cancelled, now) with { ErrorMessage = problem });
        changes.Tell(now, TapeSeverity.Warning, Key(waiting, "lock.displaced", "release.displaced"), About(waiting), LockWords.Name(waiting.Direction), waiting.LockVolume.ToString());
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
        var (result, code) = trigger.Action switch
        {
            LockAction.Lock => ($"锁仓成功: {trigger.FilledVolume}手, 锁定利润: {profit}", "lock.executed"),
            LockAction.Unlock => ($"解锁成功: {trigger.FilledVolume}手, 平仓盈亏: {profit}", "release.executed"),
            LockAction.Reduce => ($"平仓成功: {trigger.FilledVolume}手, 平仓盈亏: {profit}", "lock.reduced"),
        };
        triggers.Save(trigger.To(TriggerStatus.Executed, now) with { ExecutionResult = result });
        changes.Tell(now, TapeSeverity.Success, code, About(trigger), LockWords.Name(trigger.Direction), trigger.FilledVolume.ToString(), profit);
        relocks.OnUnlocked(trigger, slot, keeper.AveragePrice(trigger.Id), now);
        Settle(slot, trigger, now);
    }

    /// <summary>What could not be locked stays covered: by a stop at once, by a time whose moment still stands too, by a gain when its level is reached again.</summary>
    private void CompletePartly(LockTrigger trigger, RuleSlot slot, string problem, DateTimeOffset now)
    {
        SavePart(trigger, slot, problem, now);
        changes.Tell(now, TapeSeverity.Danger, Key(trigger, "lock.partial", "release.partial"), About(trigger), LockWords.Name(trigger.Direction),
            trigger.FilledVolume.ToString(), trigger.LockVolume.ToString(), problem);
        if (trigger.Condition == ConditionKind.Time) rules.Save(slot, slot.State with { TimeActedAt = slot.State.TimeActedAt - RuleClock.ActedInPart, UpdatedAt = now });
        Release(slot, trigger, trigger.Condition is ConditionKind.Price or ConditionKind.Profit ? ArmState.WaitingForFalse : ArmState.Armed, now);
    }
}
