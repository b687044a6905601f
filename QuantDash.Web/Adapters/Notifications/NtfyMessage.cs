using System.Text.Json.Serialization;
using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

/// <summary>ntfy's JSON publish, posted to the server's root.</summary>
internal sealed record NtfyMessage
{
    // The server turns a longer message into an attachment, which no phone shows at a glance.
    private const int LongestMessage = 4000;
    private const int LongestTitle = 250;

    // Neither sound nor vibration.
    private const NotificationPriority Quiet = NotificationPriority.Low;

    public required string Topic { get; init; }

    /// <summary>Servers from 2.16 on replace a message by a later one with the same id, so a repeated attempt is not a second message.</summary>
    [JsonPropertyName("sequence_id")]
    public required string SequenceId { get; init; }
    public required string Title { get; init; }
    public required string Message { get; init; }
    public required int Priority { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public string? Click { get; init; }
    public IReadOnlyList<NtfyAction>? Actions { get; init; }

    public static NtfyMessage From(Notification notification, string topic) => new()
    {
        Topic = topic,
        SequenceId = notification.Id.ToString("N"),
        Title = MessageText.AtMost(notification.Title, LongestTitle),
        Message = MessageText.AtMost(notification.Message, LongestMessage),
        Priority = (int)(notification.IsSilent && notification.Priority > Quiet ? Quiet : notification.Priority),
        Tags = notification.Tags,
        Click = notification.Click?.AbsoluteUri,
        Actions = notification.Button is { } button ? [NtfyAction.From(button)] : null,
    };
}

internal sealed record NtfyAction(string Action, string Label, string Url, string Method, Dictionary<string, string> Headers, string Body, bool Clear)
{
    /// <summary>The message leaves the phone only when the post succeeded.</summary>
    public static NtfyAction From(NotificationButton button) =>
        new("http", button.Label, button.Address.AbsoluteUri, "POST", new() { ["Content-Type"] = "application/json" }, button.JsonBody, Clear: true);
}
