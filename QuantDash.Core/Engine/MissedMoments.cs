using QuantDash.Core.Locking;

namespace QuantDash.Core.Engine;

/// <summary>Moments of time conditions that passed while the process was off and belong to an earlier session (DESIGN.md 6.1, Restart: crossed meanwhile: message
/// only). One of this trading day still acts, late (<see cref="TimeDesk"/>).</summary>
internal sealed class MissedMoments(ChangeLog changes, RuleBook rules, RuleClock clock)
{
    /// <summary>Tells the latest one and takes note of it, so that it is told once and never acted on. A clock time goes on with its next day; a holding time is over
    /// for its leg.</summary>
    public void Tell(RuleSlot slot, DateTimeOffset now)
    {
        if (!slot.IsUnseen || clock.Missed(slot, now) is not { } missed) return;
        rules.Save(slot, slot.State with { TimeActedAt = missed, UpdatedAt = now });
        clock.Note(slot, now);
        var offset = slot.Lane.Contract.Product.Sessions.OffsetAt(missed);
        changes.Tell(now, TapeSeverity.Warning, "lock.missed_time", new(slot.Account.Id, slot.Rule.Symbol, slot.Rule.Id), LockWords.Name(slot.Rule.Direction),
            slot.Rule.TriggerTime!.ToString(), LockWords.Moment(missed, offset), LockWords.NextTime(slot.NextMoment?.At, offset));
    }
}
