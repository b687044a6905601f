namespace QuantDash.Core.Notifications;

/// <summary>Messages that are over: sent, expired or refused.</summary>
public interface INotificationArchive
{
    /// <summary>Removes at most <paramref name="most"/> of those that were queued before <paramref name="before"/>, the oldest first; returns how many. What still waits stays.</summary>
    Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken stop = default);
}
