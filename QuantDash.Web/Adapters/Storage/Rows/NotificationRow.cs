using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>notifications</c>: one row an event that is announced, written with it. Its text is made from the event when it is sent.</summary>
internal sealed class NotificationRow
{
    /// <summary>What the journal writes; the database fills in the rest.</summary>
    public static readonly string[] QueuedColumns = ["number", "state", "attempts"];

    public long Number { get; set; }
    public Guid MessageId { get; set; }
    public required string State { get; set; }
    public DateTimeOffset QueuedAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? AttemptedAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public string? LastError { get; set; }

    public static NotificationRow Queued(long number) => new() { Number = number, State = EnumText<NotificationState>.Of(NotificationState.Waiting) };

    /// <summary>What its deliveries come to.</summary>
    /// <param name="state">Of all of them together.</param>
    /// <param name="at">When the latest of them changed.</param>
    /// <param name="latest">What that one is now; null: it never had any.</param>
    /// <param name="error">Why that one was not sent; null when it was.</param>
    public void Summarise(NotificationState state, DateTimeOffset at, DeliveryState? latest, string? error)
    {
        State = EnumText<NotificationState>.Of(state);
        LastError = state == NotificationState.Sent ? null : NotificationDeliveryRow.Cut(error ?? LastError);
        if (latest is null or DeliveryState.Expired or DeliveryState.Off) return;
        Attempts++;
        AttemptedAt = at;
        if (latest == DeliveryState.Sent) SentAt ??= at;
    }
}
