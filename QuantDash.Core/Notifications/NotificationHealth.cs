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
