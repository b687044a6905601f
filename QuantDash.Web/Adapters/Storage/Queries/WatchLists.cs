using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Markets;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Queries;

internal sealed class WatchLists(IDbContextFactory<QuantDashContext> contexts) : IWatchLists
{
    public async Task<IReadOnlyList<WatchEntry>?> LoadAsync(string person, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        return (await context.Set<WatchListRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Person == person, stop))?.ToEntries();
    }

    public async Task<IReadOnlyList<WatchEntry>> AllAsync(CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var rows = await context.Set<WatchListRow>().AsNoTracking().ToListAsync(stop);
        return [.. rows.SelectMany(r => r.ToEntries()).Distinct()];
    }

    public async Task SaveAsync(string person, IReadOnlyList<WatchEntry>? entries, DateTimeOffset at, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var rows = context.Set<WatchListRow>();
        var row = await rows.FirstOrDefaultAsync(r => r.Person == person, stop);
        if (entries is null)
        {
            if (row is not null) rows.Remove(row);
        }
        else
        {
            if (row is null) rows.Add(row = new() { Person = person, Entries = "" });
            (row.Entries, row.UpdatedAt) = (string.Join(' ', entries), at);
        }
        await context.SaveChangesAsync(stop);
    }
}
