using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Locking;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class LockTemplates(IDbContextFactory<QuantDashContext> contexts) : ILockTemplates
{
    public async Task<IReadOnlyList<LockTemplate>> ListAsync(CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var rows = await context.Set<LockTemplateRow>().AsNoTracking().OrderBy(r => r.Name).ToListAsync(stop);
        return [.. rows.Select(r => r.ToTemplate()).OfType<LockTemplate>()];
    }

    public async Task SaveAsync(LockTemplate template, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var row = await context.Set<LockTemplateRow>().FirstOrDefaultAsync(r => r.Id == template.Id, stop);
        if (row is null) context.Add(row = new() { Id = template.Id, Name = "", Terms = "" });
        row.Take(template);
        await context.SaveChangesAsync(stop);
    }

    public async Task<bool> DeleteAsync(Guid id, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var row = await context.Set<LockTemplateRow>().FirstOrDefaultAsync(r => r.Id == id, stop);
        if (row is null) return false;
        context.Remove(row);
        await context.SaveChangesAsync(stop);
        return true;
    }
}
