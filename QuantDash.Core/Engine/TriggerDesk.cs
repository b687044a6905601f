using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What happens to a trigger: the trader's click, time-outs, its orders, the end. Triggers are made by <see cref="FiringDesk"/>.</summary>
internal sealed class TriggerDesk(ChangeLog changes, RuleBook rules, TriggerBook triggers, LockExecutor executor, LockKeeper keeper) : IOrderFollower
{
    /// <summary>Pending triggers are decided again on a tradable tick; working ones are chased.</summary>
    public void Attend(SymbolLane lane, DateTimeOffset now)
    {
        for (var i = lane.Attending.Count - 1; i >= 0; i--)
        {
            var trigger = triggers.Find(lane.Attending[i]);
            if (trigger is not { Status: TriggerStatus.Pending or TriggerStatus.Executing } || rules.Find(trigger.ConfigId) is not { } slot) lane.Attending.RemoveAt(i);
            else if (trigger.Status == TriggerStatus.Executing) executor.Chase(trigger, slot, now);
            else if (lane.IsTradable && slot.Account.Venue.IsLinkUp) DecideAgain(trigger, slot, now);
        }
    }

    /// <summary>The click: executes what was shown, or says what changed.</summary>
    public Outcome<LockTrigger> Confirm(Guid triggerId, Price? shownPrice, bool force, DateTimeOffset now)
    {
        if (triggers.Find(triggerId) is not { } trigger) return Outcome<LockTrigger>.Failure("trigger_id", "unknown_trigger", triggerId);
        if (trigger.Status is not (TriggerStatus.WaitingConfirm or TriggerStatus.Pending or TriggerStatus.Failed))
            return Outcome<LockTrigger>.Failure("trigger_id", "trigger_closed", trigger.Status.ToString());
        if (rules.Find(trigger.ConfigId) is not { } slot) return Outcome<LockTrigger>.Failure("trigger_id", "rule_gone", trigger.ConfigId);
        if (!force && Moved(slot, shownPrice ?? trigger.TriggerPrice) is { } moved) return Outcome<LockTrigger>.Failure("shown_price", "price_moved", [.. moved]);
        return Outcome<LockTrigger>.Success(Execute(trigger, slot, now));
    }

    public Outcome<LockTrigger> Cancel(Guid triggerId, DateTimeOffset now)
    {
        if (triggers.Find(triggerId) is not { } trigger) return Outcome<LockTrigger>.Failure("trigger_id", "unknown_trigger", triggerId);
        if (!TriggerTransitions.Allows(trigger.Status, TriggerStatus.Cancelled)) return Outcome<LockTrigger>.Failure("trigger_id", "trigger_closed", trigger.Status.ToString());
        var rearmAs = trigger.Status == TriggerStatus.Failed ? ArmState.Armed : ArmState.WaitingForFalse;
        var cancelled = trigger.To(TriggerStatus.Cancelled, now) with { ExecutionResult = "已取消" };
        triggers.Save(cancelled);
        changes.Tell(now, TapeSeverity.Info, "lock.cancelled", About(cancelled), LockWords.Name(cancelled.Direction), cancelled.LockVolume.ToString());
        if (rules.Find(trigger.ConfigId) is { } slot) Release(slot, cancelled, rearmAs, now);
        return Outcome<LockTrigger>.Success(cancelled);
    }

    /// <summary>A person set another status in the database: what has failed or waits can be declined, what has failed can be called done.</summary>
    public bool TakeStatus(LockTrigger ours, LockTrigger written, DateTimeOffset now)
    {
        if (written.Status is not (TriggerStatus.Cancelled or TriggerStatus.Executed) || !TriggerTransitions.Allows(ours.Status, written.Status)) return false;
        triggers.Save(ours.To(written.Status, now) with { ExecutionResult = written.ExecutionResult, ErrorMessage = written.ErrorMessage });
        var byHand = written.Status == TriggerStatus.Executed;
        changes.Tell(now, TapeSeverity.Info, byHand ? "lock.done_by_hand" : "lock.cancelled", About(ours), LockWords.Name(ours.Direction), ours.LockVolume.ToString());
        if (rules.Find(ours.ConfigId) is not { } slot || !slot.Held.ContainsKey(ours.Id)) return true;
        if (byHand) Settle(slot, ours, now);
        else Release(slot, ours, ours.Status == TriggerStatus.Failed ? ArmState.Armed : ArmState.WaitingForFalse, now);
        return true;
    }

    /// <summary>Waiting triggers whose time is up: executed or skipped, as their rule says.</summary>
    public void ExpireWaiting(SourceBook source, DateTimeOffset now)
    {
        foreach (var trigger in triggers.Open.Where(t => t.Status == TriggerStatus.WaitingConfirm && t.ConfirmBy <= now).ToList())
        {
            if (rules.Find(trigger.ConfigId) is not { } slot || slot.Lane.Source != source) continue;
            if (slot.Rule.ConfirmTimeoutAction == ConfirmTimeoutAction.Execute) Execute(trigger, slot, now);
            else Expire(trigger, slot, now);
        }
    }

    public void OnFilled(AccountBook account, SymbolLane lane, Order order, Fill fill, FillBooked booked, DateTimeOffset now)
    {
        if (order.TriggerId is { } id && triggers.Find(id) is { } trigger && rules.Find(trigger.ConfigId) is { } slot)
            rules.CountFilled(slot, fill.Volume, executor.OnFilled(trigger, slot, order, fill, booked, now), now);
        else if (order.Purpose == OrderPurpose.Lock)
            keeper.OnFilled(account, lane, order, fill, booked, Ratio.One, now);
        if (booked.LockedTaken.Count > 0) keeper.Break(booked.LockedTaken, now);
        rules.RefreshLegs(order.AccountId, order.Symbol, now);
    }

    public void OnClosed(Order order, DateTimeOffset now)
    {
        if (order.TriggerId is not { } id || triggers.Find(id) is not { Status: TriggerStatus.Executing } trigger || rules.Find(trigger.ConfigId) is not { } slot) return;
        var remains = trigger.LockVolume > trigger.FilledVolume;
        if (remains && executor.Continue(trigger, slot, order, now)) return;
        Finish(trigger, slot, remains ? LockWords.Unfilled(order, trigger.Children) : null, now);
    }

    /// <summary>Asks the trader.</summary>
    public void Wait(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        var until = now + slot.Rule.ConfirmTimeout;
        if (slot.Lane.Window is { } window && window.End < until) until = window.End;
        triggers.Save(trigger.To(TriggerStatus.WaitingConfirm, now) with { ConfirmBy = until });
        if (until < slot.Lane.Source.NextDeadline) slot.Lane.Source.NextDeadline = until;
        changes.Tell(now, TapeSeverity.Warning, "lock.waiting", About(trigger), LockWords.Name(trigger.Direction), trigger.LockVolume.ToString(), trigger.TriggerCondition);
    }

    /// <summary>Checks the volume again, takes it from softly reserved triggers, and sends.</summary>
    public LockTrigger Execute(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        var left = trigger.LockVolume - trigger.FilledVolume;
        var counted = trigger.Status == TriggerStatus.Pending && triggers.Open.Any(open => open.Id == trigger.Id) ? left : Volume.Zero;
        var lockable = slot.Lockable(triggers.BeingLocked(slot.Account.Id, slot.Rule.Symbol, slot.Rule.Direction).Minus(counted));
        if (lockable.IsZero)
        {
            var leg = slot.Leg();
            if (trigger.Status != TriggerStatus.Failed) Fail(trigger, slot, LockWords.NotEnough(slot.Rule.Direction, leg.Volume, lockable, left), now);
            return triggers.Find(trigger.Id) ?? trigger;
        }
        slot.Held[trigger.Id] = (trigger.Condition, trigger.Stage);
        changes.Tell(now, TapeSeverity.Info, "lock.executing", About(trigger), LockWords.Name(trigger.Direction), Volume.Min(left, lockable).ToString());
        executor.Start(trigger with { LockVolume = trigger.FilledVolume + Volume.Min(left, lockable), ErrorMessage = null, ExecutionTime = null }, slot, now);
        TakeFromWaiting(slot, now);
        return triggers.Find(trigger.Id)!;
    }

    /// <summary>Waiting triggers hold their volume softly: what is no longer there is taken from the newest first.</summary>
    private void TakeFromWaiting(RuleSlot slot, DateTimeOffset now)
    {
        var (account, symbol, side) = (slot.Account.Id, slot.Rule.Symbol, slot.Rule.Direction);
        var room = slot.Lockable(triggers.BeingLocked(account, symbol, side));
        foreach (var waiting in triggers.Open
            .Where(t => t.Status == TriggerStatus.WaitingConfirm && t.AccountId == account && t.Symbol == symbol && t.Direction == side && !t.Shadow)
            .OrderBy(t => t.TriggeredAt).ToList())
        {
            var keeps = Volume.Min(waiting.LockVolume, room);
            room = room.Minus(keeps);
            if (keeps == waiting.LockVolume) continue;
            if (!keeps.IsZero) triggers.Save(waiting with { LockVolume = keeps, UpdatedAt = now });
            else if (rules.Find(waiting.ConfigId) is { } other) Displace(waiting, other, now);
        }
    }

    /// <summary>Its lots went to an automatic firing or a stop while it waited for the click.</summary>
    private void Displace(LockTrigger waiting, RuleSlot slot, DateTimeOffset now)
    {
        var problem = LockWords.NotEnough(waiting.Direction, slot.Leg().Volume, Volume.Zero, waiting.LockVolume);
        triggers.Save(waiting.To(TriggerStatus.Cancelled, now) with { ErrorMessage = problem });
        changes.Tell(now, TapeSeverity.Warning, "lock.displaced", About(waiting), LockWords.Name(waiting.Direction), waiting.LockVolume.ToString());
        Release(slot, waiting, ArmState.WaitingForFalse, now);
    }

    /// <summary>It could not be sent when it was decided. A click stands for what was shown: after a larger move the trader is asked again.</summary>
    private void DecideAgain(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        var holds = FiringLevels.StillHolds(trigger, slot);
        if (trigger.AutoExecute && !holds) GiveUp(trigger, slot, now);
        else if (!trigger.AutoExecute && (!holds || Moved(slot, trigger.TriggerPrice) is not null)) Wait(trigger, slot, now);
        else Execute(trigger, slot, now);
    }

    private void GiveUp(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        if (trigger.FilledVolume.IsZero) triggers.Save(trigger.To(TriggerStatus.Cancelled, now) with { ErrorMessage = LockWords.NoLongerHolds });
        else triggers.Save(trigger.To(TriggerStatus.PartiallyExecuted, now) with { ErrorMessage = LockWords.InPart(trigger, LockWords.NoLongerHolds) });
        changes.Tell(now, TapeSeverity.Info, "lock.no_longer_holds", About(trigger), LockWords.Name(trigger.Direction));
        Release(slot, trigger, ArmState.Armed, now);
    }

    private void Finish(LockTrigger trigger, RuleSlot slot, string? problem, DateTimeOffset now)
    {
        if (problem is null) Complete(trigger, slot, now);
        else if (trigger.FilledVolume.IsZero) Fail(trigger, slot, problem, now);
        else CompletePartly(trigger, slot, problem, now);
    }

    private void Complete(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        var profit = LockWords.Money(keeper.LockedProfit(trigger.Id));
        triggers.Save(trigger.To(TriggerStatus.Executed, now) with { ExecutionResult = $"锁仓成功: {trigger.FilledVolume}手, 锁定利润: {profit}" });
        changes.Tell(now, TapeSeverity.Success, "lock.executed", About(trigger), LockWords.Name(trigger.Direction), trigger.FilledVolume.ToString(), profit);
        Settle(slot, trigger, now);
    }

    /// <summary>What could not be locked stays covered: a stop at once, a gain when its level is reached again.</summary>
    private void CompletePartly(LockTrigger trigger, RuleSlot slot, string problem, DateTimeOffset now)
    {
        triggers.Save(trigger.To(TriggerStatus.PartiallyExecuted, now) with { ErrorMessage = LockWords.InPart(trigger, problem) });
        changes.Tell(now, TapeSeverity.Danger, "lock.partial", About(trigger), LockWords.Name(trigger.Direction),
            trigger.FilledVolume.ToString(), trigger.LockVolume.ToString(), problem);
        Release(slot, trigger, trigger.Condition is ConditionKind.Stop or ConditionKind.Trailing ? ArmState.Armed : ArmState.WaitingForFalse, now);
    }

    public void Fail(LockTrigger trigger, RuleSlot slot, string problem, DateTimeOffset now)
    {
        triggers.Save(trigger.To(TriggerStatus.Failed, now) with { ErrorMessage = problem });
        changes.Tell(now, TapeSeverity.Danger, "lock.failed", About(trigger), LockWords.Name(trigger.Direction), problem);
        rules.Refresh(slot, now);
    }

    private void Expire(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        triggers.Save(trigger.To(TriggerStatus.Expired, now) with { ErrorMessage = "等待确认超时" });
        changes.Tell(now, TapeSeverity.Warning, "lock.expired", About(trigger), LockWords.Name(trigger.Direction), trigger.LockVolume.ToString());
        Release(slot, trigger, ArmState.WaitingForFalse, now);
    }

    /// <summary>It did what it was for: the rule goes on with what that leaves to be covered.</summary>
    public void Settle(RuleSlot slot, LockTrigger trigger, DateTimeOffset now)
    {
        slot.Held.Remove(trigger.Id);
        rules.Save(slot, RuleProgress.After(slot, trigger.Condition, trigger.Stage) with { UpdatedAt = now });
        rules.Refresh(slot, now);
    }

    private void Release(RuleSlot slot, LockTrigger trigger, ArmState next, DateTimeOffset now)
    {
        slot.Held.Remove(trigger.Id);
        if (slot.State.State != ArmState.Done) rules.Set(slot, next, now);
        rules.Refresh(slot, now);
    }

    /// <summary>What changed since the trader was shown <paramref name="shown"/>; null when it moved no further than the rule allows.</summary>
    private static object?[]? Moved(RuleSlot slot, Price shown)
    {
        var lane = slot.Lane;
        if (!lane.HasTick || lane.PriceFor(slot.Rule.PriceSource, slot.Rule.Direction) is not { } now) return null;
        var shownTicks = lane.Contract.TicksAtOrBelow(shown);
        return Math.Abs(now - shownTicks) <= slot.Rule.MaxSlippageTicks ? null : [shown.Value, lane.Contract.PriceAt(now).Value, slot.Rule.MaxSlippageTicks];
    }

    public static Subject About(LockTrigger trigger) => new(trigger.AccountId, trigger.Symbol, trigger.Id);
}
