using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>Takes over what other programs wrote: their rows carry revision 0, which triggers of the database see to, and what they deleted
/// is noted in <c>outside_deletes</c>. Runs inside the writer's transaction, so that no edit can fall between reading and marking.</summary>
internal static class OutsideEdits
{
    /// <summary>Whether there is anything to take over; cheap, as the indexes hold only such rows.</summary>
    public const string Exist =
        "SELECT EXISTS (SELECT 1 FROM lock_configs WHERE revision = 0) OR EXISTS (SELECT 1 FROM lock_triggers WHERE revision = 0) "
        + "OR EXISTS (SELECT 1 FROM risk_limits WHERE revision = 0) OR EXISTS (SELECT 1 FROM outside_deletes)";

    public static IReadOnlyList<OutsideEdit> TakeOver(QuantDashContext context)
    {
        var edits = new List<OutsideEdit>();
        TakeRules(context, edits);
        TakeTriggers(context, edits);
        edits.AddRange(LimitEdits.Take(context));
        TakeDeletes(context, edits);
        return edits;
    }

    public static void DisableRule(QuantDashContext context, Guid id, string reason)
        => context.Set<LockConfigRow>().Where(r => r.Id == id).ExecuteUpdate(set => set
            .SetProperty(r => r.IsEnabled, false)
            .SetProperty(r => r.DisabledReason, reason)
            .SetProperty(r => r.Revision, r => r.Revision + 1));

    private static void TakeRules(QuantDashContext context, List<OutsideEdit> edits)
    {
        var unreadable = new List<UnreadableRow>();
        edits.AddRange(LockRowReader.Rules(context, rows => rows.Where(r => r.Revision == 0), unreadable).Select(r => new OutsideEdit.RuleChanged(r)));
        foreach (var row in unreadable)
        {
            DisableRule(context, row.Id, row.Reason);
            edits.Add(new OutsideEdit.RuleInvalid(row.Id, row.Reason));
        }

        context.Set<LockConfigRow>().Where(r => r.Revision == 0).ExecuteUpdate(set => set.SetProperty(r => r.Revision, 1));
    }

    private static void TakeTriggers(QuantDashContext context, List<OutsideEdit> edits)
    {
        var unreadable = new List<UnreadableRow>();
        edits.AddRange(LockRowReader.Triggers(context, rows => rows.Where(r => r.Revision == 0), unreadable).Select(t => new OutsideEdit.TriggerChanged(t)));
        edits.AddRange(unreadable.Select(row => new OutsideEdit.TriggerInvalid(row.Id, row.Reason)));
        context.Set<LockTriggerRow>().Where(r => r.Revision == 0).ExecuteUpdate(set => set.SetProperty(r => r.Revision, 1));
    }

    private static void TakeDeletes(QuantDashContext context, List<OutsideEdit> edits)
    {
        var removed = context.Set<OutsideDeleteRow>().AsNoTracking().ToList();
        edits.AddRange(removed.Where(d => d.TableName == "lock_configs").Select(d => new OutsideEdit.RuleRemoved(d.RowId)));
        edits.AddRange(removed.Where(d => d.TableName == "risk_limits").Select(d => new OutsideEdit.LimitsRemoved(d.RowId)));
        context.Set<OutsideDeleteRow>().ExecuteDelete();
    }
}
