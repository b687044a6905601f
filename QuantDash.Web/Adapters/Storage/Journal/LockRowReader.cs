using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Locking;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Journal;

/// <summary>A row of ours that cannot be read any more, since another program wrote into it.</summary>
internal sealed record UnreadableRow(Guid Id, string Reason);

/// <summary>Reads rules and triggers although a single row may hold anything: databases let through what their types let through.</summary>
internal static class LockRowReader
{
    public static List<LockRule> Rules(QuantDashContext context, Func<IQueryable<LockConfigRow>, IQueryable<LockConfigRow>> which, List<UnreadableRow> unreadable)
        => Read(which(context.Set<LockConfigRow>().AsNoTracking()), r => r.Id, id => r => r.Id == id, r => r.ToRule(), unreadable);

    public static List<LockTrigger> Triggers(QuantDashContext context, Func<IQueryable<LockTriggerRow>, IQueryable<LockTriggerRow>> which, List<UnreadableRow> unreadable)
        => Read(which(context.Set<LockTriggerRow>().AsNoTracking()), r => r.Id, id => r => r.Id == id, r => r.ToTrigger(), unreadable);

    private static List<TRecord> Read<TRow, TRecord>(
        IQueryable<TRow> rows,
        System.Linq.Expressions.Expression<Func<TRow, Guid>> key,
        Func<Guid, System.Linq.Expressions.Expression<Func<TRow, bool>>> withKey,
        Func<TRow, TRecord> toRecord,
        List<UnreadableRow> unreadable)
    {
        try
        {
            return [.. rows.AsEnumerable().Select(toRecord)];
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return [.. rows.Select(key).ToList().SelectMany(id => One(rows.Where(withKey(id)), id, toRecord, unreadable))];
        }
    }

    private static IEnumerable<TRecord> One<TRow, TRecord>(IQueryable<TRow> row, Guid id, Func<TRow, TRecord> toRecord, List<UnreadableRow> unreadable)
    {
        try
        {
            return [.. row.AsEnumerable().Select(toRecord)];
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            unreadable.Add(new(id, error.Message));
            return [];
        }
    }

    // What parsing a column or building a value of the domain throws; a database that is away throws DbException, which is none of this.
    private static bool IsUnreadable(Exception error)
        => error is FormatException or ArgumentException or InvalidCastException or OverflowException or System.Text.Json.JsonException
            or InvalidOperationException { InnerException: not System.Data.Common.DbException };
}
