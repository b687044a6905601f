using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>Takes over what another program wrote into our tables with SQL. What it wrote is in force or, where it makes no sense, switched off with
/// its reason and otherwise left as it was written; nothing is clamped. An edit of a rule that is being executed waits for the end of that.</summary>
internal sealed class OutsideDesk(ChangeLog changes, RuleBook rules, RuleDesk desk, TriggerBook triggers, TriggerDesk triggerDesk, AccountDesk accounts, LimitDesk limits)
{
    private readonly Dictionary<Guid, (OutsideEdit Edit, Func<IReadOnlyList<Problem>, string> ReasonOf)> _waiting = [];

    public void Take(OutsideEdit edit, Func<IReadOnlyList<Problem>, string> reasonOf, DateTimeOffset now)
    {
        if (RuleOf(edit) is { } id && desk.IsExecuting(id)) _waiting[id] = (edit, reasonOf);
        else TakeNow(edit, reasonOf, now);
    }

    /// <summary>Edits whose rules are no longer being executed.</summary>
    public void TakeWaiting(DateTimeOffset now)
    {
        if (_waiting.Count == 0) return;
        foreach (var id in _waiting.Keys.Where(id => !desk.IsExecuting(id)).ToList())
        {
            _waiting.Remove(id, out var item);
            TakeNow(item.Edit, item.ReasonOf, now);
        }
    }

    private static Guid? RuleOf(OutsideEdit edit) => edit switch
    {
        OutsideEdit.RuleChanged changed => changed.Rule.Id,
        OutsideEdit.RuleInvalid invalid => invalid.RuleId,
        OutsideEdit.RuleRemoved removed => removed.RuleId,
        _ => null,
    };

    private void TakeNow(OutsideEdit edit, Func<IReadOnlyList<Problem>, string> reasonOf, DateTimeOffset now)
    {
        switch (edit)
        {
            case OutsideEdit.RuleChanged changed:
                Change(changed.Rule, reasonOf, now);
                break;
            case OutsideEdit.RuleInvalid invalid:
                SwitchOff(invalid.RuleId, invalid.Reason, now);
                break;
            case OutsideEdit.RuleRemoved removed:
                if (rules.Find(removed.RuleId) is not null) desk.Delete(removed.RuleId, now);
                break;
            case OutsideEdit.LimitsChanged changed:
                limits.TakeOver(changed.AccountId, changed.Limits);
                break;
            case OutsideEdit.LimitsRemoved removed:
                limits.Remove(removed.Id);
                break;
            case OutsideEdit.TriggerChanged changed:
                Change(changed.Trigger, now);
                break;
            case OutsideEdit.TriggerInvalid invalid:
                if (triggers.Find(invalid.TriggerId) is { } ours) KeepOurs(ours, now);
                break;
        }
    }

    private void Change(LockRule written, Func<IReadOnlyList<Problem>, string> reasonOf, DateTimeOffset now)
    {
        var rule = written with { DisabledReason = written.IsEnabled ? null : written.DisabledReason, UpdatedAt = now };
        var problems = ProblemsOf(rule, now);
        if (problems.Count == 0)
        {
            var saved = desk.Save(rule, now);
            if (saved.Succeeded) return;
            problems = saved.Problems;
        }
        var before = rules.Find(rule.Id)?.Rule;
        var off = rule with { IsEnabled = false, DisabledReason = reasonOf(problems) };
        if (!desk.PutOff(off, now)) SwitchOff(rule.Id, off.DisabledReason, now);
        changes.Add(new JournalChange.RuleSaved(off, before));
    }

    /// <summary>The row stands in the database as it was written, switched off; in memory the rule is no longer watched.</summary>
    private void SwitchOff(Guid id, string reason, DateTimeOffset now)
    {
        if (rules.Find(id) is { } slot) desk.SwitchOff(slot, reason, slot.Account.Source.Now(now));
        else changes.Tell(now, TapeSeverity.Warning, "rule.disabled", new(Id: id), "", reason);
    }

    private IReadOnlyList<Problem> ProblemsOf(LockRule rule, DateTimeOffset now)
    {
        if (accounts.Find(rule.AccountId) is not { } account) return [new("account_id", "unknown_account", rule.AccountId)];
        if (accounts.Hold(account, rule.Symbol, now) is not { } lane) return [new("symbol", "unknown_symbol", rule.Symbol)];
        // An expired rule may be edited; that it is over is not a mistake in it.
        return [.. LockRuleValidation.Check(rule, lane.Contract, account.Source.Now(now)).Where(problem => problem.Code != "in_past")];
    }

    /// <summary>Marked as done by hand, declined, or annotated. A status that cannot follow ours is put back.</summary>
    private void Change(LockTrigger written, DateTimeOffset now)
    {
        if (triggers.Find(written.Id) is not { } ours) return;
        if (written.Status == ours.Status)
        {
            triggers.Save(ours with { ExecutionResult = written.ExecutionResult, ErrorMessage = written.ErrorMessage, UpdatedAt = now });
            return;
        }
        if (!triggerDesk.TakeStatus(ours, written, now)) KeepOurs(ours, now);
    }

    private void KeepOurs(LockTrigger ours, DateTimeOffset now)
    {
        triggers.Save(ours);
        changes.Tell(now, TapeSeverity.Warning, "trigger.edit_refused", new(ours.AccountId, ours.Symbol, ours.Id), LockWords.Name(ours.Direction));
    }
}
