using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Makes a trigger of a condition that holds: how many lots, and whether to ask or to act.</summary>
internal sealed class FiringDesk(ChangeLog changes, RuleBook rules, TriggerBook triggers, TriggerDesk desk, TriggerEnding ending, OcoDesk oco, IIdentitySource ids)
{
    /// <summary>The conditions that hold on a lane's latest tick.</summary>
    public void OnFirings(SymbolLane lane, List<Firing> firings, DateTimeOffset now)
    {
        foreach (var firing in firings)
            if (rules.Find(firing.RuleId) is { } slot) Fire(lane, slot, firing, slot.IsUnseen && firing.Kind is ConditionKind.Profit or ConditionKind.Price, now);
    }

    /// <summary>The moment of a time condition has come: it fires at the price its rule listens to, or at the last one where that is unknown.</summary>
    /// <param name="mustAsk">The price is old, or the moment passed while the process was down.</param>
    public void OnMoment(RuleSlot slot, bool mustAsk, DateTimeOffset now)
    {
        rules.Save(slot, slot.State with { TimeActedAt = slot.NextMoment?.At, UpdatedAt = now });
        var price = slot.Lane.PriceFor(slot.Rule.PriceSource, slot.Rule.Direction) ?? slot.Lane.Last.LastTicks;
        Fire(slot.Lane, slot, new(slot.Rule.Id, ConditionKind.Time, price, price, 0), mustAsk, now);
    }

    private void Fire(SymbolLane lane, RuleSlot slot, Firing firing, bool mustAsk, DateTimeOffset now)
    {
        var asksFirst = !slot.Rule.AutoExecute || mustAsk;
        var leavesWaiting = asksFirst && firing.Kind != ConditionKind.Stop;
        var asked = triggers.AskedBy(slot.Rule.Id, leavesWaiting);
        var peers = oco.AskedByPeers(slot, leavesWaiting);
        var volume = FiringVolume.Of(slot, firing.Kind, lane.Contract.PriceAt(firing.PriceTicks), asked + peers);
        rules.Save(slot, WithBest(slot, firing) with { BaseVolume = volume.Base, UpdatedAt = now });
        if (volume.Wanted.IsZero)
        {
            // Another rule of its group is locking these lots: watched again when that comes to nothing.
            if (peers.IsZero || volume.Stages is not null) TellNothingToLock(slot, firing.Kind, volume, now);
            return;
        }
        var trigger = Describe(lane, slot, firing, volume, now) with { AutoExecute = !asksFirst };
        var lockable = Lockable(slot, leavesWaiting);
        if (!lockable.IsZero) trigger = trigger with { LockVolume = Volume.Min(volume.Wanted, lockable) };
        slot.Held[trigger.Id] = (trigger.Condition, trigger.Stage);
        rules.Set(slot, ArmState.Fired, now);
        changes.Tell(now, TapeSeverity.Warning, TriggerEnding.Key(trigger, "lock.fired", "release.fired"), TriggerEnding.About(trigger), LockWords.Name(trigger.Direction), trigger.TriggerCondition, trigger.LockVolume.ToString());
        if (trigger.Shadow) EndShadow(trigger, slot, now);
        else if (lockable.IsZero) ending.Fail(trigger, slot, TriggerEnding.NotEnough(slot, lockable, volume.Wanted), now);
        else if (asksFirst) desk.Wait(trigger, slot, now);
        else desk.Execute(trigger, slot, now);
        rules.Refresh(slot, now);
    }

    /// <summary>The rule has left the board: what its trailing condition had reached there is kept, whatever fired.</summary>
    private static LockRuleState WithBest(RuleSlot slot, Firing firing) => firing.BestTicks == 0 ? slot.State : slot.State with
    {
        HighWaterTicks = firing.BestTicks,
        TrailingActive = true,
        TrailingDistanceTicks = TrailingRange.Between(slot, firing.BestTicks, firing.TrailingTicks == 0 ? null : firing.TrailingTicks),
    };

    private LockTrigger Describe(SymbolLane lane, RuleSlot slot, Firing firing, FiringVolume volume, DateTimeOffset now)
    {
        var rule = slot.Rule;
        var price = lane.Contract.PriceAt(firing.PriceTicks);
        var profit = slot.ProfitLeg().FloatingPnl(price, lane.Contract);
        return new()
        {
            Id = ids.Next(),
            ConfigId = rule.Id,
            AccountId = rule.AccountId,
            Symbol = rule.Symbol,
            Direction = rule.Direction,
            Condition = firing.Kind,
            Stage = volume.Stages?.To ?? 0,
            TriggerCondition = LockWords.Condition(rule, firing, profit, lane.Contract, volume.Stages, slot.HeldMinutes),
            TriggerPrice = price,
            TriggerProfit = profit,
            TickTimestamp = lane.Last.OccurredAt,
            LockVolume = volume.Wanted,
            Status = TriggerStatus.Pending,
            AutoExecute = rule.AutoExecute,
            Action = rule.Action,
            LockId = rule.Unlocks ? rule.LockId : null,
            Shadow = rule.Shadow,
            TriggeredAt = now,
            UpdatedAt = now,
        };
    }

    private Volume Lockable(RuleSlot slot, bool leaveWaiting)
    {
        var taken = triggers.BeingTaken(slot);
        return slot.Lockable(slot.Rule.Action, leaveWaiting ? taken + triggers.Waiting(slot) : taken, closesEnd: true);
    }

    /// <summary>Its share is locked already, or is less than one lot: the condition, or the stage, is spent without an order. Where another trigger of the
    /// rule asks for that share, that one decides.</summary>
    private void TellNothingToLock(RuleSlot slot, ConditionKind kind, FiringVolume volume, DateTimeOffset now)
    {
        if (slot.Held.Count > 0 && volume.Stages is null)
        {
            rules.Refresh(slot, now);
            return;
        }
        var reached = slot.Rule.Rearm != RearmMode.Once && !slot.State.DoneVolume.IsZero;
        if (!reached) changes.Tell(now, TapeSeverity.Info, slot.Rule.Unlocks ? "release.nothing_left" : "lock.nothing_to_lock", new(slot.Account.Id, slot.Rule.Symbol, slot.Rule.Id), LockWords.Name(slot.Rule.Direction));
        rules.Save(slot, RuleProgress.After(slot, kind, volume.Stages?.To ?? 0, now) with { UpdatedAt = now });
        rules.Refresh(slot, now);
    }

    private void EndShadow(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        triggers.Save(trigger.To(TriggerStatus.Cancelled, now) with { ExecutionResult = $"影子规则: 本应{(trigger.Action == LockAction.Unlock ? "解锁" : "锁定")} {trigger.LockVolume}手, 未下单" });
        rules.CountFilled(slot, trigger.LockVolume, 0m, now);
        ending.Settle(slot, trigger, now);
    }
}
