using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Primitives;
using QuantDash.Core.Statements;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class BrokerStatements(IDbContextFactory<QuantDashContext> contexts) : IBrokerStatements
{
    private static readonly NewestFirst<BrokerStatementRow> ByImport = new(
        nameof(BrokerStatementRow.ImportedAt), nameof(BrokerStatementRow.Id), r => new(r.ImportedAt, r.Id.ToString()), NewestFirst<BrokerStatementRow>.GuidKey);

    public async Task<KeptStatement> KeepAsync(KeptStatement statement, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var row = BrokerStatementRow.From(statement);
        if (await KnownAsync(context, row, stop) is { } known) return known.ToStatement();
        context.Add(row);
        try
        {
            await context.SaveChangesAsync(stop);
            return statement;
        }
        catch (DbUpdateException)
        {
            // Somebody else kept the same one in between.
            context.ChangeTracker.Clear();
            if (await KnownAsync(context, row, stop) is { } other) return other.ToStatement();
            throw;
        }
    }

    public async Task<Page<KeptStatement>> ListAsync(AccountId? account, PageRequest page, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var id = account?.Value;
        return await ByImport.PageAsync(context, rows => rows.If(id is not null, r => r.AccountId == id), r => r.ToStatement(), page, stop);
    }

    public async Task<KeptStatement?> FindAsync(Guid id, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        return (await context.Set<BrokerStatementRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, stop))?.ToStatement();
    }

    private static Task<BrokerStatementRow?> KnownAsync(QuantDashContext context, BrokerStatementRow row, CancellationToken stop) =>
        context.Set<BrokerStatementRow>().AsNoTracking().FirstOrDefaultAsync(r => r.AccountId == row.AccountId && r.TextHash == row.TextHash, stop);
}
