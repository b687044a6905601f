using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Notifications;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage;

internal sealed class NotificationChannels(IDbContextFactory<QuantDashContext> contexts, IDataProtectionProvider protection) : INotificationChannels
{
    private readonly IDataProtector _seal = protection.CreateProtector("QuantDash.NotificationChannels");

    public async Task<IReadOnlyList<NotificationChannel>> ListAsync(CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var rows = await context.Set<NotificationChannelRow>().AsNoTracking().ToListAsync(stop);
        return [.. rows.OrderBy(r => r.CreatedAt).ThenBy(r => r.Id).Select(r => r.ToChannel(_seal)).OfType<NotificationChannel>()];
    }

    public async Task SaveAsync(NotificationChannel channel)
    {
        await using var context = await contexts.CreateDbContextAsync();
        var row = await context.Set<NotificationChannelRow>().FirstOrDefaultAsync(r => r.Id == channel.Id);
        if (row is null) context.Add(row = NotificationChannelRow.New(channel.Id));
        row.Take(channel, _seal);
        await context.SaveChangesAsync();
    }

    public async Task<bool> DeleteAsync(Guid id)
    {
        await using var context = await contexts.CreateDbContextAsync();
        var row = await context.Set<NotificationChannelRow>().FirstOrDefaultAsync(r => r.Id == id);
        if (row is null) return false;
        context.Remove(row);
        await context.SaveChangesAsync();
        return true;
    }
}
