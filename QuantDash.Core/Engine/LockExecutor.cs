using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Carries one trigger out: child orders until its volume is locked, chasing the price. What its exchange does not take in one order goes out as several at once.</summary>
internal sealed class LockExecutor(ChangeLog changes, OrderDesk desk, LockKeeper keeper, BookKeeper books, TriggerBook triggers, LockBook locks, PreTradeCheck limits, EngineOptions options)
{
    /// <summary>Sends the next child, or leaves the trigger pending where nothing can be sent now.</summary>
    public void Start(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        triggers.Attend(trigger.Id, slot.Lane);
        var sendable = CanSend(slot);
        var next = sendable ? TriggerStatus.Executing : TriggerStatus.Pending;
        var moved = trigger.Status == next ? trigger : trigger.To(next, now);
        if (sendable) SendChildren(moved, slot, moved.LockVolume, now);
        else triggers.Save(moved);
    }

    /// <summary>Whether an order would reach the market now.</summary>
    public bool CanSend(RuleSlot slot) => slot.Lane.IsTradable && slot.Account.Venue.IsLinkUp;

    /// <summary>Why a lock of this volume is not even sent; null: it may go.</summary>
    public string? Refusal(LockTrigger trigger, RuleSlot slot, Volume volume, DateTimeOffset now) =>
        CanSend(slot) ? ExposureCheck.Refusal(trigger, slot, volume, books.TermsOf(slot.Lane)) ?? ExposureCheck.OverLimit(trigger, slot, volume, limits, now) : null;

    /// <inheritdoc cref="OwnOrders.InTheWay"/>
    public List<Order> InTheWay(RuleSlot slot) => OwnOrders.InTheWay(slot, LimitPrice(slot));

    public void Cancel(IEnumerable<Order> orders, DateTimeOffset now)
    {
        foreach (var order in orders.ToList())
            if (desk.Find(order.Id) is { } working) desk.Cancel(working, now);
    }

    /// <summary>Looks after the working orders of an executing trigger on each tick: re-prices one only when the price changed by a tick, and takes the last of its
    /// orders back once the price has left it too.</summary>
    public void Chase(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        var children = slot.Account.WorkingFor(trigger.Id);
        for (var i = children.Count - 1; i >= 0; i--)
        {
            var order = slot.Account.Working[children[i]];
            if (order.State is not (OrderState.Accepted or OrderState.PartiallyFilled) || now - order.CreatedAt < options.ChaseInterval) continue;
            var isStopped = trigger.Action == LockAction.Unlock && slot.Account.Account.Halt is not null && Refusal(trigger, slot, order.Remaining, now) is not null;
            if (isStopped || LimitPrice(slot) != order.LimitPrice) desk.Cancel(order, now);
        }
    }

    /// <returns>Open price × volume of the lots it locked; null when an open price is unknown.</returns>
    public decimal? OnFilled(LockTrigger trigger, RuleSlot slot, Order order, Fill fill, FillBooked booked, DateTimeOffset now)
    {
        changes.Tell(now, TapeSeverity.Info, "order.filled", new(slot.Account.Id, order.Symbol, trigger.Id), order.Id.Value, fill.Volume.ToString(), fill.Price.ToString());
        triggers.Save(trigger with { FilledVolume = trigger.FilledVolume + fill.Volume, UpdatedAt = now });
        if (order.Purpose is OrderPurpose.Close or OrderPurpose.Unlock) return keeper.RecordClose(trigger, slot.Lane, fill, booked.Accounting, now);
        var averageBefore = slot.Leg().FreeAveragePrice?.Value;
        var (held, cost) = keeper.OnFilled(slot.Account, slot.Lane, order, fill, booked, ShareOf(trigger, slot), now);
        keeper.Record(trigger, held.Id, slot.Lane, fill, booked.Accounting.Fee, averageBefore, now);
        return cost;
    }

    private static Ratio ShareOf(LockTrigger trigger, RuleSlot slot) => trigger.Stage == 0
        ? RuleConditions.RatioOf(slot.Rule, trigger.Condition)
        : new(Ladder.Share(slot.Rule, trigger.Stage).Value - Ladder.Share(slot.Rule, Math.Min(slot.State.StagesDone, trigger.Stage - 1)).Value);

    /// <summary>Whether it goes on after an order that ended with a remainder. Of several orders each goes on for itself.</summary>
    public bool Continue(LockTrigger trigger, RuleSlot slot, Order closed, DateTimeOffset now)
    {
        if (closed.Reason == OrderTransitions.ExpiredUnsent) return PutOff(trigger, slot, now);
        if (closed.State == OrderState.Rejected ? CloseInstead(trigger, slot, closed, now) : SendRest(trigger, slot, closed, now)) return true;
        return trigger.ErrorMessage == LockWords.PartUnsent && !Works(trigger, slot) && PutOff(trigger, slot, now);
    }

    /// <summary>Whether any of its orders still works.</summary>
    public static bool Works(LockTrigger trigger, RuleSlot slot) => slot.Account.WorkingFor(trigger.Id).Count > 0;

    /// <summary>What an order left goes out again; the last one to end also sees to what none of them was for, as lots of another age.</summary>
    private bool SendRest(LockTrigger trigger, RuleSlot slot, Order closed, DateTimeOffset now)
    {
        var works = Works(trigger, slot);
        var isLast = !works && trigger.ErrorMessage is null;
        if ((!isLast && closed.Remaining.IsZero) || !MayTryAgain(trigger, slot, closed)) return false;
        var room = Room(trigger, slot);
        var left = trigger.LockVolume - trigger.FilledVolume;
        if (room.IsZero || (trigger.Action == LockAction.Unlock && Refusal(trigger, slot, Volume.Min(left, room), now) is not null)) return false;
        var fitted = trigger with { LockVolume = trigger.FilledVolume + Volume.Min(left, room) };
        if (!slot.Lane.IsTradable) return PutOff(fitted, slot, now);
        if (SendChildren(fitted, slot, isLast ? left : closed.Remaining, now)) return true;
        if (works && room < left) triggers.Save(fitted);
        return works && room < left;
    }

    /// <summary>A part that cannot go out, or never did: decided again, as soon as nothing of the trigger works any more.</summary>
    private bool PutOff(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        triggers.Save(Works(trigger, slot) ? trigger with { ErrorMessage = LockWords.PartUnsent, UpdatedAt = now } : trigger.To(TriggerStatus.Pending, now) with { ErrorMessage = null });
        return true;
    }

    /// <summary>What its leg can still give to an open trigger, beside the other firings.</summary>
    public Volume Room(LockTrigger trigger, RuleSlot slot)
    {
        var others = triggers.BeingTaken(slot).Minus(trigger.LockVolume - trigger.FilledVolume);
        return slot.Lockable(trigger.Action, others);
    }

    /// <summary>Takes its working orders back.</summary>
    public void Recall(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        var children = slot.Account.WorkingFor(trigger.Id);
        for (var i = children.Count - 1; i >= 0; i--)
        {
            var working = slot.Account.Working[children[i]];
            if (working.State is OrderState.Intended or OrderState.Accepted or OrderState.PartiallyFilled) desk.Cancel(working, now);
        }
    }

    /// <summary>The venue refused the lock, and the rule says that the leg is closed then.</summary>
    private bool CloseInstead(LockTrigger trigger, RuleSlot slot, Order refused, DateTimeOffset now)
    {
        if (refused.Purpose != OrderPurpose.Lock || slot.Rule.IfLockRefused != IfLockRefused.Close) return false;
        var closing = trigger.Action == LockAction.Lock ? Closing(trigger, refused.Reason ?? "", now) : trigger;
        return slot.Lane.IsTradable ? SendChildren(closing, slot, refused.Remaining, now) : PutOff(closing, slot, now);
    }

    /// <summary>The trigger as one that closes the leg, because the lock was refused.</summary>
    public LockTrigger Closing(LockTrigger trigger, string why, DateTimeOffset now)
    {
        changes.Tell(now, TapeSeverity.Danger, "lock.refused_closing", TriggerEnding.About(trigger), LockWords.Name(trigger.Direction), why);
        return trigger with { Action = LockAction.Reduce, UpdatedAt = now };
    }

    /// <summary>A gain and a trailing stop have so many tries, a stop goes on; none outlives the trading day it was sent on.</summary>
    private bool MayTryAgain(LockTrigger trigger, RuleSlot slot, Order closed) =>
        slot.Lane.Window?.TradingDay == closed.TradingDay
        && (trigger.Condition == ConditionKind.Stop || trigger.Children < options.ChaseTries * OrderSizes.Count(trigger.LockVolume, Largest(slot)));

    private Volume? Largest(RuleSlot slot) => OrderSizes.Largest(books.TermsOf(slot.Lane), OrderType.Limit, slot.Lane.Contract.VolumeStep);

    /// <returns>False when there is nothing left to lock or to close beside what works.</returns>
    private bool SendChildren(LockTrigger trigger, RuleSlot slot, Volume most, DateTimeOffset now)
    {
        if (trigger.Action == LockAction.Unlock) return SendUnlock(trigger, slot, now);
        var left = (trigger.LockVolume - trigger.FilledVolume).Minus(slot.Account.WorkingVolumeFor(trigger.Id));
        if (Next(trigger, slot, Volume.Min(most, left)) is not { } next) return false;
        var child = trigger.Children;
        foreach (var volume in OrderSizes.Split(next.Volume, Largest(slot))) desk.Intend(Draft(trigger, slot, next.Offset, volume, ++child), now);
        triggers.Save(trigger with { Children = child, UpdatedAt = now });
        return true;
    }

    /// <summary>The same order as an unlock by hand: it belongs to the lock and takes its oldest lots first, those of one age and of one order at a time.</summary>
    private bool SendUnlock(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        if (slot.Lock is not { Status: LockStatus.Active } held) return false;
        var leg = slot.Account.Ledger.Leg(held.Symbol, trigger.Direction);
        if (UnlockPlanner.Plan(held, trigger.Direction, trigger.LockVolume - trigger.FilledVolume, leg, books.TermsOf(slot.Lane), slot.Account.Ledger.TradingDay) is not [var part, ..]) return false;
        var child = held.Children + 1;
        locks.Save(held with { Children = child, Unlocking = held.Unlocking ?? new([], OrderType.Limit, null, null), UpdatedAt = now });
        desk.Intend(Draft(trigger, slot, part.Offset, OrderSizes.Split(part.Volume, Largest(slot))[0], child) with { Purpose = OrderPurpose.Unlock, OriginId = held.Id }, now);
        triggers.Save(trigger with { Children = trigger.Children + 1, UpdatedAt = now });
        return true;
    }

    private static OrderDraft Draft(LockTrigger trigger, RuleSlot slot, Offset offset, Volume volume, int child) => new()
    {
        Account = slot.Account,
        Lane = slot.Lane,
        Purpose = trigger.Action == LockAction.Lock ? OrderPurpose.Lock : OrderPurpose.Close,
        Side = trigger.Direction.ClosingOrder(),
        Offset = offset,
        Type = OrderType.Limit,
        LimitPrice = LimitPrice(slot),
        Volume = volume,
        OriginId = trigger.Id,
        TriggerId = trigger.Id,
        Child = child,
    };

    /// <summary>What goes out next: a lock opens the rest at once; a close takes the lots of one age, the others follow when those orders are final.</summary>
    private PlannedOffset? Next(LockTrigger trigger, RuleSlot slot, Volume left)
    {
        if (left.IsZero) return null;
        if (trigger.Action == LockAction.Lock) return new(Offset.Open, left);
        return ClosePlan.For(slot.Account, slot.Rule.Symbol, slot.Rule.Direction, left, books.TermsOf(slot.Lane)) is [var first, ..] ? first : null;
    }

    /// <summary>The opposing price plus protection, inside the price limits the feed carries; the last price where that side is empty.</summary>
    public static Price LimitPrice(RuleSlot slot) => ProtectedPrice.Beyond(slot.Lane, slot.Rule.Direction.ClosingOrder(), slot.Rule.ProtectTicks);
}
