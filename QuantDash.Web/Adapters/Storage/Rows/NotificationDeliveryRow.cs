using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>notification_deliveries</c>: how one message fares on one channel.</summary>
internal sealed class NotificationDeliveryRow
{
    private const int LongestError = 500;

    public long Number { get; set; }
    public Guid ChannelId { get; set; }
    public required string State { get; set; }

    /// <summary>Not before; later than the message was queued when quiet hours hold it.</summary>
    public DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? AttemptedAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public string? LastError { get; set; }

    public static string? Cut(string? error) => error is { Length: > LongestError } ? error[..LongestError] : error;

    public void Record(DeliveryState state, DateTimeOffset at, string? error)
    {
        State = EnumText<DeliveryState>.Of(state);
        LastError = Cut(error);
        if (state is DeliveryState.Expired or DeliveryState.Off) return;
        Attempts++;
        AttemptedAt = at;
        if (state == DeliveryState.Sent) SentAt = at;
    }
}
