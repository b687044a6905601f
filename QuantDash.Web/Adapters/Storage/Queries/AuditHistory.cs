using System.Globalization;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Audit;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Audit;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class AuditHistory(IDbContextFactory<QuantDashContext> contexts, StorageTarget target) : IAuditHistory
{
    public async Task<Page<AuditEntry>> EntriesAsync(AuditFilter filter, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var (account, symbol) = (filter.AccountId?.Value, filter.Symbol?.ToString());
        var kind = filter.ActorKind is { } wanted ? EnumText<ActorKind>.Of(wanted) : null;
        var (action, dotted) = (filter.Action, filter.Action + ".");
        var before = page.Cursor is { } cursor ? NumberIn(Cursor.Parse(cursor)) : long.MaxValue;
        var found = await context.Set<AuditRow>().AsNoTracking()
            .Where(r => r.Number < before)
            .If(kind is not null, r => r.ActorKind == kind)
            .If(filter.ActorName is not null, r => r.ActorName == filter.ActorName)
            .If(action is not null, r => r.Action == action || r.Action.StartsWith(dotted))
            .If(account is not null, r => r.AccountId == account)
            .If(symbol is not null, r => r.Symbol == symbol)
            .If(filter.Subject is not null, r => r.Subject == filter.Subject)
            .If(filter.CorrelationId is not null, r => r.CorrelationId == filter.CorrelationId)
            .If(filter.Since is not null, r => r.At >= filter.Since)
            .If(filter.Before is not null, r => r.At < filter.Before)
            .OrderByDescending(r => r.Number)
            .Take(page.Limit + 1)
            .ToListAsync(stop);
        var next = found.Count > page.Limit ? CursorAt(found[page.Limit - 1]).ToString() : null;
        return new([.. found.Take(page.Limit).Select(r => r.ToEntry())], next);
    }

    public async Task<AuditVerdict> VerifyAsync(CancellationToken stop = default)
    {
        using var witness = new AuditWitness(target.DataDirectory);
        // The witness is read up to its end as it is now, before the table: what is noted is durable, so the table has all of it.
        var noted = witness.Read().ToList();
        using var check = new AuditCheck(noted);
        await using var context = await contexts.CreateDbContextAsync(stop);
        try
        {
            await foreach (var row in context.Set<AuditRow>().AsNoTracking().OrderBy(r => r.Number).AsAsyncEnumerable().WithCancellation(stop)) check.Take(row.ToEntry());
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            check.TakeUnreadable(); // Somebody put in what no column of ours says.
        }

        return check.Finish();
    }

    private static Cursor CursorAt(AuditRow row) => new(row.At, row.Number.ToString(CultureInfo.InvariantCulture));

    private static long NumberIn(Cursor cursor) => long.Parse(cursor.Key, NumberStyles.None, CultureInfo.InvariantCulture);
}
