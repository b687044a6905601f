namespace QuantDash.Core.Notifications;

/// <summary>Carries a message to the trader.</summary>
public interface INotifier
{
    /// <summary>False: nobody said where to send messages.</summary>
    bool IsConfigured { get; }

    /// <summary>One attempt, answered within its time-out; never throws for what the other side does.</summary>
    Task<Delivery> SendAsync(Notification notification, CancellationToken stop = default);
}

/// <summary>What became of one attempt.</summary>
/// <param name="Result">Whether it arrived, and if not, whether another attempt may help.</param>
/// <param name="Reason">Why it did not arrive, without addresses and secrets; null when it did.</param>
/// <param name="RetryAfter">How long the receiver asked to be left alone.</param>
public sealed record Delivery(DeliveryResult Result, string? Reason = null, TimeSpan? RetryAfter = null)
{
    public static Delivery Arrived { get; } = new(DeliveryResult.Delivered);
}

/// <summary>Refused: this very message will never be taken. Unavailable: it may be taken later.</summary>
public enum DeliveryResult { Delivered, Refused, Unavailable }
