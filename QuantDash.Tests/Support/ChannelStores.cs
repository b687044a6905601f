using QuantDash.Core.Audit;
using QuantDash.Core.Notifications;

namespace QuantDash.Tests.Support;

/// <summary>Channels and settings in memory.</summary>
internal sealed class ChannelStores : INotificationChannels, INotificationPreferences, IAuditLog
{
    public List<NotificationChannel> Channels { get; } = [];

    public NotificationSettings Settings { get; set; } = NotificationSettings.Default;

    public List<AuditNote> Notes { get; } = [];

    public Task<IReadOnlyList<NotificationChannel>> ListAsync(CancellationToken stop = default) => Task.FromResult<IReadOnlyList<NotificationChannel>>([.. Channels]);

    public Task SaveAsync(NotificationChannel channel)
    {
        var at = Channels.FindIndex(c => c.Id == channel.Id);
        if (at < 0) Channels.Add(channel);
        else Channels[at] = channel;
        return Task.CompletedTask;
    }

    public Task<bool> DeleteAsync(Guid id) => Task.FromResult(Channels.RemoveAll(c => c.Id == id) > 0);

    public Task<NotificationSettings> LoadAsync(CancellationToken stop = default) => Task.FromResult(Settings);

    public Task SaveAsync(NotificationSettings settings, DateTimeOffset at)
    {
        Settings = settings;
        return Task.CompletedTask;
    }

    public Task RecordAsync(AuditNote note, CancellationToken stop = default)
    {
        Notes.Add(note);
        return Task.CompletedTask;
    }
}
