using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage;

internal sealed class ServiceStatusBoard(JournalWriter journal, IDbContextFactory<QuantDashContext> contexts) : IServiceStatusBoard
{
    public Task SaveAsync(ServiceStatus status, CancellationToken stop = default)
        => journal.WriteAsync(context =>
        {
            var row = ServiceStatusRow.From(status);
            var known = context.Set<ServiceStatusRow>().Find(row.ServiceName);
            if (known is null) context.Add(row);
            else context.Entry(known).CurrentValues.SetValues(row);
            return context.SaveChanges();
        });

    public async Task<IReadOnlyList<ServiceStatus>> AllAsync(CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var rows = await context.Set<ServiceStatusRow>().AsNoTracking().OrderBy(r => r.ServiceName).ToListAsync(stop);
        return [.. rows.Select(r => r.ToStatus())];
    }
}
