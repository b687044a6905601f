using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Notifications;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage;

internal sealed class NotificationPreferences(IDbContextFactory<QuantDashContext> contexts) : INotificationPreferences
{
    public async Task<NotificationSettings> LoadAsync(CancellationToken stop = default)
    {
        await using var context = await contexts.CreateDbContextAsync(stop);
        var row = await context.Set<NotificationSettingsRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == NotificationSettingsRow.Only, stop);
        return row?.ToSettings() ?? NotificationSettings.Default;
    }

    public async Task SaveAsync(NotificationSettings settings, DateTimeOffset at)
    {
        await using var context = await contexts.CreateDbContextAsync();
        var row = await context.Set<NotificationSettingsRow>().FirstOrDefaultAsync(r => r.Id == NotificationSettingsRow.Only);
        if (row is null) context.Add(row = new() { Id = NotificationSettingsRow.Only, Content = "" });
        row.Take(settings, at);
        await context.SaveChangesAsync();
    }
}
