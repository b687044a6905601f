namespace QuantDash.Core.Notifications;

/// <summary>How loudly a message knocks. The numbers are those of ntfy: 5 rings through a phone's night mode.</summary>
public enum NotificationPriority { Min = 1, Low = 2, Normal = 3, High = 4, Urgent = 5 }

/// <summary>One message to the trader, ready to be sent.</summary>
public sealed record Notification
{
    /// <summary>The same for every attempt, so that a receiver who knows ids shows a repeated message once.</summary>
    public required Guid Id { get; init; }
    public required string Title { get; init; }
    public required string Message { get; init; }
    public required NotificationPriority Priority { get; init; }

    /// <summary>Short names of pictures, e.g. <c>lock</c>, <c>rotating_light</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What opens when the message is tapped; null: nothing.</summary>
    public Uri? Click { get; init; }

    /// <summary>To be shown without a sound where the receiver can.</summary>
    public bool IsSilent { get; init; }

    /// <summary>The event it tells of; null for a trial and for several in one.</summary>
    public string? Event { get; init; }

    /// <summary>A button on the message; null: none.</summary>
    public NotificationButton? Button { get; init; }
}

/// <summary>A button that makes the receiving device post <paramref name="JsonBody"/> to <paramref name="Address"/>.</summary>
public sealed record NotificationButton(string Label, Uri Address, string JsonBody);
