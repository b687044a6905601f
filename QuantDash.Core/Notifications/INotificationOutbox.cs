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

/// <summary>A message on its way over one channel. Off: the trader does not want to be told.</summary>
public enum DeliveryState { Waiting, Sent, Expired, Refused, Off }

/// <summary>What waits for one channel.</summary>
/// <param name="Count">Messages that are held back for quiet hours too.</param>
/// <param name="NextDueAt">When the first of them may go out.</param>
public sealed record ChannelQueue(Guid Channel, int Count, DateTimeOffset NextDueAt);

/// <summary>Messages that wait to be sent (table <c>notifications</c>), and how each fares on each channel (table <c>notification_deliveries</c>): a channel that is
/// down neither holds another up nor makes it repeat.</summary>
public interface INotificationOutbox
{
    /// <summary>Gives every message that has none yet a delivery over each of these channels; returns how many messages.</summary>
    Task<int> PlanAsync(IReadOnlyList<Guid> channels, CancellationToken stop = default);

    /// <summary>The oldest that may go out over a channel now, in the order of their events. <see cref="QueuedNotification.Attempts"/> are those over this channel.</summary>
    Task<IReadOnlyList<QueuedNotification>> DueAsync(Guid channel, DateTimeOffset now, int most, CancellationToken stop = default);

    /// <summary>Channels for which something waits.</summary>
    Task<IReadOnlyList<ChannelQueue>> QueuesAsync(CancellationToken stop = default);

    /// <summary>Notes one attempt over a channel, or that none will be made.</summary>
    /// <param name="channel">Over which.</param>
    /// <param name="numbers">Of the events: several when they went as one message.</param>
    /// <param name="state">What they are from now on; <see cref="DeliveryState.Waiting"/> after an attempt that failed.</param>
    /// <param name="at">When.</param>
    /// <param name="error">Why it was not sent; null when it was.</param>
    Task RecordAsync(Guid channel, IReadOnlyList<long> numbers, DeliveryState state, DateTimeOffset at, string? error);

    /// <summary>Not before <paramref name="until"/>.</summary>
    Task HoldAsync(Guid channel, IReadOnlyList<long> numbers, DateTimeOffset until);

    /// <summary>What is held may go out at <paramref name="now"/>: the quiet hours were changed.</summary>
    Task ReleaseAsync(DateTimeOffset now);

    /// <summary>Expires all that were due before <paramref name="before"/> and still wait; returns how many messages are over by that.</summary>
    Task<int> ExpireAsync(DateTimeOffset before, string reason);

    /// <summary>Expires what waits for a channel that is no more.</summary>
    Task DropAsync(Guid channel, string reason);
}
