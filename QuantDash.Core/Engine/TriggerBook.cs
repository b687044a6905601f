using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Open triggers and the latest closed ones.</summary>
internal sealed class TriggerBook(ChangeLog changes, int recent)
{
    private readonly Dictionary<Guid, LockTrigger> _open = [];
    private readonly LinkedList<LockTrigger> _closed = [];
    private readonly Dictionary<Guid, LinkedListNode<LockTrigger>> _closedById = [];

    public IReadOnlyCollection<LockTrigger> Open => _open.Values;

    /// <summary>Latest closed ones, newest first.</summary>
    public IEnumerable<LockTrigger> Closed => _closed;

    public LockTrigger? Find(Guid id) => _open.GetValueOrDefault(id) ?? _closedById.GetValueOrDefault(id)?.Value;

    public void Save(LockTrigger trigger)
    {
        changes.Add(new JournalChange.TriggerSaved(trigger, Find(trigger.Id)));
        Put(trigger);
    }

    public void Restore(LockTrigger trigger) => Put(trigger);

    /// <summary>Has the lane look after the trigger on every tick.</summary>
    public void Attend(Guid triggerId, SymbolLane lane)
    {
        if (!lane.Attending.Contains(triggerId)) lane.Attending.Add(triggerId);
    }

    /// <summary>Volume of the leg that firings are locking right now: their orders, and what the next child will ask for.</summary>
    public Volume BeingLocked(AccountId account, Symbol symbol, Side side) =>
        Sum(trigger => IsOf(trigger, account, symbol, side) && IsTaking(trigger));

    /// <summary>The same, of the lots a rule's firings take from: those of its leg, or those of its lock, whichever leg of that is closed.</summary>
    public Volume BeingTaken(RuleSlot slot) => Sum(trigger => SharesLots(trigger, slot) && IsTaking(trigger));

    /// <summary>Volume of those lots that waiting firings have asked for: automatic firings and stops may take it.</summary>
    public Volume Waiting(RuleSlot slot) => Sum(trigger => SharesLots(trigger, slot) && trigger.Status == TriggerStatus.WaitingConfirm);

    /// <summary>Whether a trigger takes from the lots that a rule's firings take from.</summary>
    public static bool SharesLots(LockTrigger trigger, RuleSlot slot) => slot.Rule.Unlocks
        ? trigger.LockId is { } id && id == slot.Rule.LockId && trigger.AccountId == slot.Account.Id
        : IsOf(trigger, slot.Account.Id, slot.Rule.Symbol, slot.Rule.Direction);

    /// <summary>What a rule's own open triggers still ask for.</summary>
    public Volume AskedBy(Guid ruleId, bool withWaiting)
    {
        var sum = Volume.Zero;
        foreach (var trigger in _open.Values)
            if (trigger.ConfigId == ruleId && (withWaiting || trigger.Status != TriggerStatus.WaitingConfirm)) sum += trigger.LockVolume - trigger.FilledVolume;
        return sum;
    }

    /// <summary>When the next waiting trigger runs out, of those that <paramref name="counts"/>.</summary>
    public DateTimeOffset NextDeadline(Func<LockTrigger, bool> counts)
    {
        var next = DateTimeOffset.MaxValue;
        foreach (var trigger in _open.Values)
            if (trigger.Status == TriggerStatus.WaitingConfirm && trigger.ConfirmBy < next && counts(trigger)) next = trigger.ConfirmBy.Value;
        return next;
    }

    private void Put(LockTrigger trigger)
    {
        if (trigger.IsOpen)
        {
            Unlist(trigger.Id);
            _open[trigger.Id] = trigger;
            return;
        }
        _open.Remove(trigger.Id);
        Unlist(trigger.Id);
        _closedById.Add(trigger.Id, _closed.AddFirst(trigger));
        if (_closed.Count > recent) Unlist(_closed.Last!.Value.Id);
    }

    private void Unlist(Guid id)
    {
        if (_closedById.Remove(id, out var listed)) _closed.Remove(listed);
    }

    private static bool IsOf(LockTrigger trigger, AccountId account, Symbol symbol, Side side) =>
        trigger.LockId is null && trigger.AccountId == account && trigger.Symbol == symbol && trigger.Direction == side;

    private static bool IsTaking(LockTrigger trigger) => trigger.Status is TriggerStatus.Executing or TriggerStatus.Pending;

    private Volume Sum(Func<LockTrigger, bool> counts)
    {
        var sum = Volume.Zero;
        foreach (var trigger in _open.Values)
        {
            if (!trigger.Shadow && counts(trigger))
                sum += trigger.LockVolume - trigger.FilledVolume;
        }
        return sum;
    }
}
