using System.Text.Json;
using QuantDash.Core.Notifications;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Notifications;

/// <summary>A channel and the settings as the audit log keeps them: of a secret only that it is set, and that it was changed.</summary>
internal static class ChannelAudit
{
    public static string Of(NotificationChannel channel, NotificationChannel? before = null)
    {
        var fields = ChannelFields.Of(channel.Kind);
        var secrets = fields.Where(f => f.IsSecret && channel.Setting(f.Name).Length > 0).Select(f => f.Name).ToList();
        return JsonSerializer.Serialize(new
        {
            name = channel.Name,
            kind = WireNames<ChannelKind>.Of(channel.Kind),
            is_enabled = channel.IsEnabled,
            settings = fields.Where(f => !f.IsSecret && channel.Setting(f.Name).Length > 0).ToDictionary(f => f.Name, f => channel.Setting(f.Name)),
            secrets_set = secrets,
            secrets_changed = before is null ? [] : fields.Where(f => f.IsSecret && channel.Setting(f.Name) != before.Setting(f.Name)).Select(f => f.Name).ToList(),
        });
    }

    public static string Of(NotificationSettings settings) => JsonSerializer.Serialize(NotificationSettingsAnswer.Of(settings, events: false), ApiJson.Options);
}
