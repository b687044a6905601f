namespace QuantDash.Core.Notifications;

/// <summary>How messages to the trader fare.</summary>
/// <param name="Configured">False: nobody said where to send them.</param>
/// <param name="Waiting">Queued and not yet sent.</param>
/// <param name="LastError">Of the latest attempt; null when it arrived, or there was none.</param>
/// <param name="LastSentAt">Since our start.</param>
public sealed record NotificationHealth(bool Configured, int Waiting = 0, string? LastError = null, DateTimeOffset? LastSentAt = null);

/// <summary>Where the health of notifications is read.</summary>
public interface INotificationHealth
{
    NotificationHealth Current { get; }
}

/// <summary>How one channel fares.</summary>
/// <param name="Waiting">Messages that wait for it, those that are held for quiet hours too.</param>
/// <param name="LastError">Of the latest attempt; null when it arrived, or there was none.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="LastSentAt">Since our start.</param>
public sealed record ChannelHealth(int Waiting = 0, string? LastError = null, DeliveryHint? Hint = null, DateTimeOffset? LastSentAt = null);

/// <summary>Where the health of each channel is read.</summary>
public interface IChannelHealth
{
    /// <summary>Of a channel that nothing was sent over yet: nothing.</summary>
    ChannelHealth Of(Guid channel);
}
