using QuantDash.Core.Engine;

namespace QuantDash.Core.Notifications;

/// <summary>Waiting: to be sent. Expired: nobody needs it any more. Refused: the receiver will not have it.</summary>
public enum NotificationState { Waiting, Sent, Expired, Refused }

/// <summary>An event to be announced. It was queued in the transaction that wrote the event, so that neither exists without the other.</summary>
/// <param name="Id">Fixed once and for all attempts.</param>
/// <param name="Event">What happened; at most one message an event.</param>
/// <param name="QueuedAt">On the database's clock, which is the wall's even where the event is a replay's.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record QueuedNotification(Guid Id, TapeEvent Event, DateTimeOffset QueuedAt, int Attempts);

/// <summary>Messages that wait to be sent (table <c>notifications</c>).</summary>
public interface INotificationOutbox
{
    /// <summary>The oldest that wait, in the order of their events.</summary>
    Task<IReadOnlyList<QueuedNotification>> WaitingAsync(int most, CancellationToken stop = default);

    Task<int> CountWaitingAsync(CancellationToken stop = default);

    /// <summary>Notes one attempt, or that none will be made.</summary>
    /// <param name="number">Of the event.</param>
    /// <param name="state">What it is from now on; <see cref="NotificationState.Waiting"/> after an attempt that failed.</param>
    /// <param name="at">When.</param>
    /// <param name="error">Why it was not sent; null when it was.</param>
    Task RecordAsync(long number, NotificationState state, DateTimeOffset at, string? error);

    /// <summary>Expires all that were queued before <paramref name="before"/> and still wait; returns how many.</summary>
    Task<int> ExpireAsync(DateTimeOffset before, string reason);
}
