using System.Text.Json;
using System.Text.Json.Serialization;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>notification_settings</c>: one row, as JSON in snake_case.</summary>
internal sealed class NotificationSettingsRow
{
    public const int Only = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public int Id { get; set; }
    public required string Content { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public void Take(NotificationSettings settings, DateTimeOffset at) => (Content, UpdatedAt) = (JsonSerializer.Serialize(settings, Options), at);

    /// <summary>What somebody wrote that cannot be read, or makes no sense, counts as never set: silence would be worse.</summary>
    public NotificationSettings ToSettings()
    {
        try
        {
            return JsonSerializer.Deserialize<NotificationSettings>(Content, Options) is { } settings && settings.Check().Count == 0 ? settings : NotificationSettings.Default;
        }
        catch (JsonException)
        {
            return NotificationSettings.Default;
        }
    }
}
