using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

/// <summary>Forgets on PostgreSQL over a connection of its own; on SQLite in the journal's turn, whose file has one writer.</summary>
internal sealed class ReconciliationHistory(StorageTarget target, JournalWriter journal, IDbContextFactory<QuantDashContext> contexts) : IReconciliationHistory
{
    private static readonly NewestFirst<ReconciliationRunRow> ByEnd = new(
        nameof(ReconciliationRunRow.EndedAt), nameof(ReconciliationRunRow.AccountId), r => new(r.EndedAt, r.AccountId.ToString()), NewestFirst<ReconciliationRunRow>.GuidKey);

    public async Task<Page<ReconciliationRecord>> RunsAsync(ReconciliationFilter filter, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var account = filter.AccountId?.Value;
        return await ByEnd.PageAsync(
            context,
            rows => rows
                .If(account is not null, r => r.AccountId == account)
                .If(filter.Since is not null, r => r.EndedAt >= filter.Since)
                .If(filter.Before is not null, r => r.EndedAt < filter.Before),
            r => r.ToRecord(),
            page,
            stop);
    }

    public async Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var oldest = await context.Set<ReconciliationRunRow>().Where(r => r.EndedAt < before).OrderBy(r => r.EndedAt).Take(most).Select(r => r.EndedAt).ToListAsync(stop);
        if (oldest is not [.., var until]) return 0;
        if (target.Provider == StorageProvider.Sqlite) return await journal.WriteAsync(own => Until(own, until).ExecuteDelete()).WaitAsync(stop);
        return await Until(context, until).ExecuteDeleteAsync(stop);
    }

    private static IQueryable<ReconciliationRunRow> Until(QuantDashContext context, DateTimeOffset until) => context.Set<ReconciliationRunRow>().Where(r => r.EndedAt <= until);
}
