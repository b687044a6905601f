using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Notifications;
using QuantDash.Web.Adapters.Storage.Journal;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage;

internal sealed class ConfirmLinks(JournalWriter journal, IDbContextFactory<QuantDashContext> contexts) : IConfirmLinks
{
    public Task AddAsync(ConfirmLink link)
        => journal.WriteAsync(context =>
        {
            context.Add(ConfirmLinkRow.From(link));
            return context.SaveChanges();
        });

    public async Task<ConfirmLink?> FindAsync(string tokenHash, CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var row = await context.Set<ConfirmLinkRow>().AsNoTracking().FirstOrDefaultAsync(l => l.TokenHash == tokenHash, stop);
        return row?.ToLink();
    }

    // The writer's thread is the only one that writes: whoever comes second finds it used.
    public Task<bool> ClaimAsync(string tokenHash, DateTimeOffset now)
        => journal.WriteAsync(context => context.Set<ConfirmLinkRow>()
            .Where(l => l.TokenHash == tokenHash && l.UsedAt == null && l.ExpiresAt > now)
            .ExecuteUpdate(set => set.SetProperty(l => l.UsedAt, now)) == 1);

    public Task ReleaseAsync(string tokenHash)
        => journal.WriteAsync(context => context.Set<ConfirmLinkRow>()
            .Where(l => l.TokenHash == tokenHash)
            .ExecuteUpdate(set => set.SetProperty(l => l.UsedAt, (DateTimeOffset?)null)));
}
