using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What happens to a trigger: the trader's click, time-outs, its orders, the end. Triggers are made by <see cref="FiringDesk"/>.</summary>
internal sealed class TriggerDesk(
    ChangeLog changes, RuleBook rules, TriggerBook triggers, LockExecutor executor, TriggerEnding ending, OcoDesk oco, LegFit fit, WayClearing way)
{
    /// <summary>Pending triggers are decided again on a tradable tick; working ones are chased.</summary>
    public void Attend(SymbolLane lane, DateTimeOffset now)
    {
        for (var i = lane.Attending.Count - 1; i >= 0; i--)
        {
            var trigger = triggers.Find(lane.Attending[i]);
            if (trigger is not { Status: TriggerStatus.Pending or TriggerStatus.Executing } || rules.Find(trigger.ConfigId) is not { } slot) lane.Attending.RemoveAt(i);
            else if (trigger.Status == TriggerStatus.Executing) executor.Chase(trigger, slot, now);
            else if (executor.CanSend(slot)) DecideAgain(trigger, slot, now);
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

    /// <summary>What a click is compared with: the price its rule listens to; null without a quote.</summary>
    public Price? DecidingPrice(Guid triggerId) =>
        triggers.Find(triggerId) is { } trigger && rules.Find(trigger.ConfigId) is { Lane.HasTick: true } slot && slot.Lane.PriceFor(slot.Rule.PriceSource, slot.Rule.Direction) is { } now
            ? slot.Lane.Contract.PriceAt(now)
            : null;

    public Outcome<LockTrigger> Cancel(Guid triggerId, DateTimeOffset now)
    {
        if (triggers.Find(triggerId) is not { } trigger) return Outcome<LockTrigger>.Failure("trigger_id", "unknown_trigger", triggerId);
        if (!TriggerTransitions.Allows(trigger.Status, TriggerStatus.Cancelled)) return Outcome<LockTrigger>.Failure("trigger_id", "trigger_closed", trigger.Status.ToString());
        var rearmAs = trigger.Status == TriggerStatus.Failed ? ArmState.Armed : ArmState.WaitingForFalse;
        var cancelled = trigger.To(TriggerStatus.Cancelled, now) with { ExecutionResult = "已取消" };
        triggers.Save(cancelled);
        changes.Tell(now, TapeSeverity.Info, TriggerEnding.Key(cancelled, "lock.cancelled", "release.cancelled"), TriggerEnding.About(cancelled), LockWords.Name(cancelled.Direction), cancelled.LockVolume.ToString());
        if (rules.Find(trigger.ConfigId) is { } slot) ending.Release(slot, cancelled, rearmAs, now);
        return Outcome<LockTrigger>.Success(cancelled);
    }

    /// <summary>A failed trigger whose lots were locked by hand elsewhere is called done; the note says how.</summary>
    public Outcome<LockTrigger> MarkDone(Guid triggerId, string note, DateTimeOffset now)
    {
        if (triggers.Find(triggerId) is not { } trigger) return Outcome<LockTrigger>.Failure("trigger_id", "unknown_trigger", triggerId);
        if (trigger.Status != TriggerStatus.Failed) return Outcome<LockTrigger>.Failure("trigger_id", "trigger_not_failed", trigger.Status.ToString());
        if (string.IsNullOrWhiteSpace(note)) return Outcome<LockTrigger>.Failure("note", "required");
        if (note.Length > LockRuleValidation.LongestNote) return Outcome<LockTrigger>.Failure("note", "too_long", LockRuleValidation.LongestNote, note.Length);
        TakeStatus(trigger, trigger with { Status = TriggerStatus.Executed, ExecutionResult = LockWords.DoneByHand(note.Trim()) }, now);
        return Outcome<LockTrigger>.Success(triggers.Find(triggerId)!);
    }

    /// <summary>A person set another status in the database: what has failed or waits can be declined, what has failed can be called done.</summary>
    public bool TakeStatus(LockTrigger ours, LockTrigger written, DateTimeOffset now)
    {
        if (written.Status is not (TriggerStatus.Cancelled or TriggerStatus.Executed) || !TriggerTransitions.Allows(ours.Status, written.Status)) return false;
        triggers.Save(ours.To(written.Status, now) with { ExecutionResult = written.ExecutionResult, ErrorMessage = written.ErrorMessage });
        var byHand = written.Status == TriggerStatus.Executed;
        changes.Tell(now, TapeSeverity.Info, byHand ? "lock.done_by_hand" : TriggerEnding.Key(ours, "lock.cancelled", "release.cancelled"), TriggerEnding.About(ours), LockWords.Name(ours.Direction), ours.LockVolume.ToString());
        if (rules.Find(ours.ConfigId) is not { } slot || !slot.Held.ContainsKey(ours.Id)) return true;
        if (byHand) ending.Settle(slot, ours, now);
        else ending.Release(slot, ours, ours.Status == TriggerStatus.Failed ? ArmState.Armed : ArmState.WaitingForFalse, now);
        return true;
    }

    /// <summary>Waiting triggers whose time is up: executed or skipped, as their rule says.</summary>
    public void ExpireWaiting(SourceBook source, DateTimeOffset now)
    {
        foreach (var trigger in triggers.Open.Where(t => t.Status == TriggerStatus.WaitingConfirm && t.ConfirmBy <= now).ToList())
        {
            if (rules.Find(trigger.ConfigId) is not { } slot || slot.Lane.Source != source) continue;
            if (slot.Rule.ConfirmTimeoutAction == ConfirmTimeoutAction.Execute) Execute(trigger, slot, now);
            else ending.Expire(trigger, slot, now);
        }
    }

    /// <summary>A fill of one of its orders; false: the order belongs to no trigger.</summary>
    public bool OnFilled(AccountBook account, Order order, Fill fill, FillBooked booked, DateTimeOffset now)
    {
        if (order.TriggerId is not { } id || triggers.Find(id) is not { } trigger || rules.Find(trigger.ConfigId) is not { } slot) return false;
        CountFilled(slot, fill.Volume, executor.OnFilled(trigger, slot, order, fill, booked, now), now);
        return true;
    }

    public void OnClosed(Order order, DateTimeOffset now)
    {
        if (order.TriggerId is null) way.OnOwnOrderClosed();
        if (order.TriggerId is not { } id || triggers.Find(id) is not { Status: TriggerStatus.Executing } trigger || rules.Find(trigger.ConfigId) is not { } slot) return;
        var remains = trigger.LockVolume > trigger.FilledVolume;
        if (remains && executor.Continue(trigger, slot, order, now)) return;
        if (LockExecutor.Works(trigger, slot)) GoOnWithout(order, trigger, slot, now);
        else ending.Finish(trigger, slot, remains ? trigger.ErrorMessage ?? WhyUnfilled(trigger, slot, order, now) : null, now);
    }

    /// <summary>One of several orders ended and the others work on: what it left is named when the last one has ended.</summary>
    private void GoOnWithout(Order ended, LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        if (trigger.FilledVolume >= trigger.LockVolume) executor.Recall(trigger, slot, now);
        else if (!ended.Remaining.IsZero && trigger.ErrorMessage is null) triggers.Save(trigger with { ErrorMessage = WhyUnfilled(trigger, slot, ended, now), UpdatedAt = now });
    }

    private string WhyUnfilled(LockTrigger trigger, RuleSlot slot, Order last, DateTimeOffset now)
    {
        var room = executor.Room(trigger, slot);
        var left = trigger.LockVolume - trigger.FilledVolume;
        if (room.IsZero) return TriggerEnding.NotEnough(slot, room, left);
        return (trigger.Action == LockAction.Unlock ? executor.Refusal(trigger, slot, left, now) : null) ?? LockWords.Unfilled(last, trigger.Children, left);
    }

    /// <summary>Firings that own orders held back and hold back no more are decided again.</summary>
    public void GoOn(Func<SymbolLane, DateTimeOffset> now)
    {
        if (!way.MayBeClear) return;
        foreach (var (trigger, slot) in way.TakeClear()) DecideAgain(trigger, slot, now(slot.Lane));
    }

    private void CountFilled(RuleSlot slot, Volume volume, decimal? cost, DateTimeOffset now)
    {
        rules.CountFilled(slot, volume, cost, now);
        if (slot.Rule.OcoGroup is not null) oco.OnFilled(slot, volume, cost, now);
    }

    /// <summary>Asks the trader.</summary>
    public void Wait(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        var until = now + slot.Rule.ConfirmTimeout;
        if (slot.Lane.Window is { } window && window.End < until) until = window.End;
        triggers.Save(trigger.To(TriggerStatus.WaitingConfirm, now) with { ConfirmBy = until });
        if (until < slot.Lane.Source.NextDeadline) slot.Lane.Source.NextDeadline = until;
        changes.Tell(now, TapeSeverity.Warning, TriggerEnding.Key(trigger, "lock.waiting", "release.waiting"), TriggerEnding.About(trigger), LockWords.Name(trigger.Direction), trigger.LockVolume.ToString(), trigger.TriggerCondition);
    }

    /// <summary>Checks the volume again, takes it from softly reserved triggers, and sends.</summary>
    public LockTrigger Execute(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        if (way.Holds(trigger, slot, now)) return triggers.Find(trigger.Id)!;
        var left = trigger.LockVolume - trigger.FilledVolume;
        var counted = trigger.Status == TriggerStatus.Pending && triggers.Open.Any(open => open.Id == trigger.Id) ? left : Volume.Zero;
        var lockable = slot.Lockable(trigger.Action, triggers.BeingTaken(slot).Minus(counted));
        if (lockable.IsZero)
        {
            if (trigger.Status != TriggerStatus.Failed) ending.Fail(trigger, slot, TriggerEnding.NotEnough(slot, lockable, left), now);
            return triggers.Find(trigger.Id) ?? trigger;
        }
        if (executor.Refusal(trigger, slot, Volume.Min(left, lockable), now) is { } refusal)
        {
            if (slot.Rule.IfLockRefused != IfLockRefused.Close || trigger.Action == LockAction.Unlock)
            {
                if (trigger.Status != TriggerStatus.Failed) ending.Fail(trigger, slot, refusal, now);
                return triggers.Find(trigger.Id) ?? trigger;
            }
            trigger = executor.Closing(trigger, refusal, now);
        }
        slot.Held[trigger.Id] = (trigger.Condition, trigger.Stage);
        changes.Tell(now, TapeSeverity.Info, TriggerEnding.Key(trigger, "lock.executing", "release.executing"), TriggerEnding.About(trigger), LockWords.Name(trigger.Direction), Volume.Min(left, lockable).ToString());
        executor.Start(trigger with { LockVolume = trigger.FilledVolume + Volume.Min(left, lockable), ErrorMessage = null, ExecutionTime = null }, slot, now);
        fit.TakeFromWaiting(slot, now);
        return triggers.Find(trigger.Id)!;
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
        else ending.SavePart(trigger, slot, LockWords.NoLongerHolds, now);
        changes.Tell(now, TapeSeverity.Info, "lock.no_longer_holds", TriggerEnding.About(trigger), LockWords.Name(trigger.Direction));
        ending.Release(slot, trigger, ArmState.Armed, now);
    }

    /// <summary>What changed since the trader was shown <paramref name="shown"/>; null when it moved no further than the rule allows.</summary>
    private static object?[]? Moved(RuleSlot slot, Price shown)
    {
        var lane = slot.Lane;
        if (!lane.HasTick || lane.PriceFor(slot.Rule.PriceSource, slot.Rule.Direction) is not { } now) return null;
        var shownTicks = lane.Contract.TicksAtOrBelow(shown);
        return Math.Abs(now - shownTicks) <= slot.Rule.MaxSlippageTicks ? null : [shown.Value, lane.Contract.PriceAt(now).Value, slot.Rule.MaxSlippageTicks];
    }
}
