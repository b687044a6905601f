using QuantDash.Core.Locking;

namespace QuantDash.Core.Engine;

/// <summary>Firings that wait for own orders to end before theirs goes out.</summary>
internal sealed class WayClearing(ChangeLog changes, RuleBook rules, TriggerBook triggers, LockExecutor executor, EngineOptions options)
{
    /// <summary>Which ones, and whether the trader was alarmed that it takes long.</summary>
    private readonly Dictionary<Guid, bool> _waiting = [];

    /// <summary>Whether <see cref="TakeClear"/> may find anything: an own order ended while firings waited.</summary>
    public bool MayBeClear { get; private set; }

    /// <summary>An order outside any firing ended.</summary>
    public void OnOwnOrderClosed() => MayBeClear |= _waiting.Count > 0;

    /// <summary>Cancels own orders that must end first; the trigger is pending until they have.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Holds(LockTrigger trigger, RuleSlot slot, DateTimeOffset now)
    {
        if (!executor.CanSend(slot) || executor.InTheWay(slot) is not { Count: > 0 } inTheWay)
        {
            _waiting.Remove(trigger.Id);
            return false;
        }
        slot.Held[trigger.Id] = (trigger.Condition, trigger.Stage);
        if (trigger.Status != TriggerStatus.Pending) triggers.Save(trigger.To(TriggerStatus.Pending, now));
        else if (triggers.Find(trigger.Id) is null) triggers.Save(trigger);
        triggers.Attend(trigger.Id, slot.Lane);
        Tell(trigger, string.Join(", ", inTheWay.Select(order => order.Id.Value)), now);
        executor.Cancel(inTheWay.Where(OwnOrders.MayCancel), now);
        return true;
    }

    /// <summary>Pending firings whose way is clear since an own order ended.</summary>
    public IReadOnlyList<(LockTrigger Trigger, RuleSlot Slot)> TakeClear()
    {
        MayBeClear = false;
        var clear = new List<(LockTrigger, RuleSlot)>();
        foreach (var id in _waiting.Keys.ToList())
        {
            if (triggers.Find(id) is not { Status: TriggerStatus.Pending } trigger || rules.Find(trigger.ConfigId) is not { } slot) _waiting.Remove(id);
            else if (executor.CanSend(slot) && executor.InTheWay(slot).Count == 0) clear.Add((trigger, slot));
        }
        return clear;
    }

    /// <summary>Once when it starts, once more when an order does not end: the leg is uncovered meanwhile.</summary>
    private void Tell(LockTrigger trigger, string orders, DateTimeOffset now)
    {
        var isKnown = _waiting.TryGetValue(trigger.Id, out var alarmed);
        var isLate = now - trigger.TriggeredAt >= options.ExecuteWithin;
        if (!isKnown) changes.Tell(now, TapeSeverity.Info, TriggerEnding.Key(trigger, "lock.clears_the_way", "release.clears_the_way"), TriggerEnding.About(trigger), LockWords.Name(trigger.Direction), orders);
        if (isLate && !alarmed) changes.Tell(now, TapeSeverity.Danger, TriggerEnding.Key(trigger, "lock.way_blocked", "release.way_blocked"), TriggerEnding.About(trigger), LockWords.Name(trigger.Direction), orders);
        _waiting[trigger.Id] = alarmed || isLate;
    }
}
