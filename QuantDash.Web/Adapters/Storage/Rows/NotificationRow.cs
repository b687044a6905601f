using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Storage.Rows;

/// <summary>Table <c>notifications</c>: one row an event that is announced, written with it. Its text is made from the event when it is sent.</summary>
internal sealed class NotificationRow
{
    /// <summary>What the journal writes; the database fills in the rest.</summary>
    public static readonly string[] QueuedColumns = ["number", "state", "attempts"];

    private const int LongestError = 500;

    public long Number { get; set; }
    public Guid MessageId { get; set; }
    public required string State { get; set; }
    public DateTimeOffset QueuedAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? AttemptedAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public string? LastError { get; set; }

    public static NotificationRow Queued(long number) => new() { Number = number, State = EnumText<NotificationState>.Of(NotificationState.Waiting) };

    public void Record(NotificationState state, DateTimeOffset at, string? error)
    {
        State = EnumText<NotificationState>.Of(state);
        LastError = error is { Length: > LongestError } ? error[..LongestError] : error;
        if (state == NotificationState.Expired) return;
        Attempts++;
        AttemptedAt = at;
        if (state == NotificationState.Sent) SentAt = at;
    }
}
