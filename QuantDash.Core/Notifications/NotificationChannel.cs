namespace QuantDash.Core.Notifications;

/// <summary>Where messages can go.</summary>
public enum ChannelKind { Ntfy, Dingtalk, Feishu, Wecom, Email, Webhook }

/// <summary>One way to the trader, with what is needed to use it (table <c>notification_channels</c>).</summary>
public sealed record NotificationChannel
{
    public const int LongestName = 64;

    /// <summary>More than anybody reads.</summary>
    public const int Most = 20;

    /// <summary>The channel that the configuration makes; it is not stored and not edited here.</summary>
    public static readonly Guid ConfiguredId = new("c0f16000-0000-4000-8000-000000000001");

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required ChannelKind Kind { get; init; }
    public bool IsEnabled { get; init; } = true;

    /// <summary>By the names of <see cref="ChannelFields"/>, secrets in clear: never to be printed, logged or answered.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>False: its secrets are sealed with keys that are gone, and must be entered again.</summary>
    public bool IsReadable { get; init; } = true;
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    public bool IsConfigured => Id == ConfiguredId;

    /// <summary>Empty when it is not set.</summary>
    public string Setting(string name) => Settings.TryGetValue(name, out var value) ? value : "";

    /// <summary>Without the settings: a channel in a log line or an exception tells no secrets.</summary>
    public override string ToString() => $"{Kind} {Name} ({Id})";
}

/// <summary>Keeps channels.</summary>
public interface INotificationChannels
{
    /// <summary>In the order of their creation.</summary>
    Task<IReadOnlyList<NotificationChannel>> ListAsync(CancellationToken stop = default);

    /// <summary>Adds it, or replaces the one with its id.</summary>
    Task SaveAsync(NotificationChannel channel);

    /// <summary>False when there is none.</summary>
    Task<bool> DeleteAsync(Guid id);
}

/// <summary>Carries a message over any channel.</summary>
public interface IChannelSender
{
    /// <summary>One attempt, answered within its time-out; never throws for what the other side does.</summary>
    Task<Delivery> SendAsync(NotificationChannel channel, Notification notification, CancellationToken stop = default);
}
