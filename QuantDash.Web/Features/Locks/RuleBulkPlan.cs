using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>What is done with many rules at once.</summary>
public enum RuleBulkAction { Enable, Disable, Delete }

public enum RuleBulkKind
{
    /// <summary>It is done when the button is pressed.</summary>
    Ready,

    /// <summary>It is on already, or off already: it stays untouched.</summary>
    Already,
    Refused,
}

/// <summary>What would be done with one rule.</summary>
/// <param name="Rule">As it is now.</param>
/// <param name="Account">Name of whose it is.</param>
/// <param name="IsArmed">It is watched now.</param>
/// <param name="Open">State of its firing that has not ended; null: none.</param>
/// <param name="FiresNow">It would lock at the next tick; null: no.</param>
public sealed record RuleBulkLine(RuleBulkAction Action, LockRule Rule, string Account, bool IsArmed, TriggerStatus? Open, FiresAtOnce? FiresNow, IReadOnlyList<Problem> Problems)
{
    public RuleBulkKind Kind => Problems.Count > 0 ? RuleBulkKind.Refused
        : Action != RuleBulkAction.Delete && Rule.IsEnabled == (Action == RuleBulkAction.Enable) ? RuleBulkKind.Already
        : RuleBulkKind.Ready;

    /// <summary>Says what <paramref name="other"/> says; a price that moved a little is no other consequence.</summary>
    public bool SaysTheSame(RuleBulkLine other) =>
        (Rule.Id, Rule.UpdatedAt, IsArmed, Open, Kind, FiresNow?.Volume) == (other.Rule.Id, other.Rule.UpdatedAt, other.IsArmed, other.Open, other.Kind, other.FiresNow?.Volume)
        && Problems.Select(p => p.Code).SequenceEqual(other.Problems.Select(p => p.Code));

    public LockRule After(DateTimeOffset now) => Rule with { IsEnabled = Action == RuleBulkAction.Enable, DisabledReason = null, UpdatedAt = now };
}

/// <summary>Says what a bulk action would do with each rule; writes nothing.</summary>
internal static class RuleBulkPlan
{
    /// <param name="now">The machine's clock.</param>
    public static IReadOnlyList<RuleBulkLine> Of(RuleBulkAction action, IReadOnlyCollection<Guid> ids, EngineSnapshot snapshot, DateTimeOffset now) =>
        [.. snapshot.Rules.Where(view => ids.Contains(view.Rule.Id)).Select(view => Line(action, view, snapshot, now)).OrderBy(line => line.Rule.Symbol.ToString(), StringComparer.Ordinal).ThenBy(line => line.Rule.Id)];

    private static RuleBulkLine Line(RuleBulkAction action, RuleView view, EngineSnapshot snapshot, DateTimeOffset now)
    {
        var account = snapshot.Accounts.FirstOrDefault(a => a.Account.Id == view.Rule.AccountId);
        var open = snapshot.Triggers.Where(t => t.ConfigId == view.Rule.Id && t.IsOpen).Select(t => (TriggerStatus?)t.Status).OrderByDescending(s => s == TriggerStatus.Executing).FirstOrDefault();
        var line = new RuleBulkLine(action, view.Rule, account?.Account.Name ?? "", view.State.State == ArmState.Armed, open, null, []);
        if (action != RuleBulkAction.Enable || line.Kind != RuleBulkKind.Ready || account is null) return line;

        // A rule that was off may have come to be wrong: its contract's ticks changed, its day has passed.
        var after = line.After(now);
        var problems = LockRuleValidation.Check(after, snapshot.ContractOf(after.Symbol), LockRuleEndpoints.ClockOf(snapshot, account, now));
        return line with { Problems = problems, FiresNow = problems.Count == 0 ? FiresAtOnce.Check(after, snapshot, account) : null };
    }
}
