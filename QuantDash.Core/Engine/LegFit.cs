using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Keeps open triggers within what their leg can still give: lots that went to another firing, or that the trader closed elsewhere, are not locked
/// any more, or the lock would be a new position.</summary>
internal sealed class LegFit(RuleBook rules, TriggerBook triggers, LockExecutor executor, TriggerEnding ending)
{
    /// <summary>Any leg of an account may have changed.</summary>
    public void Fit(AccountId account, DateTimeOffset now)
    {
        foreach (var symbol in triggers.Open.Where(trigger => trigger.AccountId == account).Select(trigger => trigger.Symbol).Distinct().ToList()) Fit(account, symbol, now);
    }

    /// <summary>The legs of a contract changed from outside the engine's firings.</summary>
    public void Fit(AccountId account, Symbol symbol, DateTimeOffset now)
    {
        var open = triggers.Open.Where(trigger => trigger.AccountId == account && trigger.Symbol == symbol && !trigger.Shadow).OrderBy(trigger => trigger.TriggeredAt).ToList();
        foreach (var leg in open.GroupBy(trigger => (trigger.LockId, Side: trigger.LockId is null ? trigger.Direction : default(Side?))))
        {
            RecallOrders(leg.Where(trigger => trigger.Status == TriggerStatus.Executing), now);
            if (leg.Select(trigger => rules.Find(trigger.ConfigId)).FirstOrDefault(slot => slot is not null) is { } slot) TakeFromWaiting(slot, now);
        }
    }

    /// <summary>Waiting triggers hold their volume softly: what is no longer there is taken from the newest first.</summary>
    public void TakeFromWaiting(RuleSlot slot, DateTimeOffset now)
    {
        var room = slot.Lockable(slot.Rule.Action, triggers.BeingTaken(slot));
        foreach (var waiting in triggers.Open
            .Where(t => t.Status == TriggerStatus.WaitingConfirm && TriggerBook.SharesLots(t, slot) && !t.Shadow)
            .OrderBy(t => t.TriggeredAt).ToList())
        {
            var keeps = Volume.Min(waiting.LockVolume, room);
            room = room.Minus(keeps);
            if (keeps == waiting.LockVolume) continue;
            if (!keeps.IsZero) triggers.Save(waiting with { LockVolume = keeps, UpdatedAt = now });
            else if (rules.Find(waiting.ConfigId) is { } other) ending.Displace(waiting, other, TriggerEnding.NotEnough(other, Volume.Zero, waiting.LockVolume), now);
        }
    }

    /// <summary>Orders of firings that ask for more than is left are taken back, the newest first; each goes on with what it may have when that is final.</summary>
    private void RecallOrders(IEnumerable<LockTrigger> executing, DateTimeOffset now)
    {
        var taken = Volume.Zero;
        foreach (var trigger in executing.ToList())
        {
            if (rules.Find(trigger.ConfigId) is not { } slot) continue;
            var (left, room) = (trigger.LockVolume - trigger.FilledVolume, slot.Lockable(trigger.Action, taken));
            taken += Volume.Min(left, room);
            if (left > room) executor.Recall(trigger, slot, now);
        }
    }
}
