using QuantDash.Core.Notifications;

namespace QuantDash.Web.Features.Notifications;

/// <param name="Kind">ntfy, dingtalk, feishu, wecom, email, webhook.</param>
/// <param name="FromConfiguration">It stands in the configuration (QuantDash:Notifications) and is changed there.</param>
/// <param name="Settings">Those that are no secrets.</param>
/// <param name="Secrets">Of those that are: whether they are set, and how they end.</param>
/// <param name="IsReadable">False: the keys that its secrets were sealed with are gone; enter them again.</param>
/// <param name="Waiting">Messages that wait for it.</param>
/// <param name="LastError">Of the latest attempt since our start; null when it arrived.</param>
/// <param name="Hint">What to do about that.</param>
public sealed record ChannelAnswer(
    Guid Id, string Name, ChannelKind Kind, bool IsEnabled, bool FromConfiguration, IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, SecretAnswer> Secrets, bool IsReadable,
    int Waiting, string? LastError, DeliveryHint? Hint, DateTimeOffset? LastSentAt, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt)
{
    public static ChannelAnswer Of(NotificationChannel channel, ChannelHealth health)
    {
        var fields = ChannelFields.Of(channel.Kind);
        return new(
            channel.Id, channel.Name, channel.Kind, channel.IsEnabled, channel.IsConfigured,
            fields.Where(f => !f.IsSecret && channel.Setting(f.Name).Length > 0).ToDictionary(f => f.Name, f => channel.Setting(f.Name)),
            fields.Where(f => f.IsSecret).ToDictionary(f => f.Name, f => SecretAnswer.Of(channel.Setting(f.Name))),
            channel.IsReadable, health.Waiting, health.LastError, health.Hint, health.LastSentAt,
            channel.IsConfigured ? null : channel.CreatedAt, channel.IsConfigured ? null : channel.UpdatedAt);
    }
}

/// <param name="IsSet">Something was entered.</param>
/// <param name="Ending">Its last characters, to tell two apart; null when it is too short to show any of it.</param>
public sealed record SecretAnswer(bool IsSet, string? Ending)
{
    private const int Shown = 4;

    // Of a shorter one the rest could be guessed.
    private const int ShortestShown = 20;

    public static SecretAnswer Of(string value) => new(value.Length > 0, value.Length >= ShortestShown ? value[^Shown..] : null);
}

/// <param name="Name">What it is called, at most 64 characters.</param>
/// <param name="Kind">ntfy, dingtalk, feishu, wecom, email, webhook; fixed once it was made.</param>
/// <param name="IsEnabled">True unless said.</param>
/// <param name="Settings">By kind. ntfy: url, token. dingtalk, feishu: url, secret, keyword. wecom: url. email: host, port, security (starttls, tls, none), user, password, from, to. webhook: url, secret.
/// A secret that is left out stays; null clears.</param>
public sealed record ChannelBody(string? Name = null, ChannelKind? Kind = null, bool? IsEnabled = null, IReadOnlyDictionary<string, string?>? Settings = null);
