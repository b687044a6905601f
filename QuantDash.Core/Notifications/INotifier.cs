namespace QuantDash.Core.Notifications;

/// <summary>Carries a message to the trader over what the configuration names: for a process without a database.</summary>
public interface INotifier
{
    /// <summary>False: nobody said where to send messages.</summary>
    bool IsConfigured { get; }

    /// <summary>One attempt, answered within its time-out; never throws for what the other side does.</summary>
    Task<Delivery> SendAsync(Notification notification, CancellationToken stop = default);
}

/// <summary>What became of one attempt.</summary>
/// <param name="Result">Whether it arrived, and if not, whether another attempt may help.</param>
/// <param name="Reason">What the other side said, without addresses and secrets; null when it arrived.</param>
/// <param name="RetryAfter">How long the receiver asked to be left alone.</param>
/// <param name="Hint">What to do about it; null when nobody knows.</param>
public sealed record Delivery(DeliveryResult Result, string? Reason = null, TimeSpan? RetryAfter = null, DeliveryHint? Hint = null)
{
    public static Delivery Arrived { get; } = new(DeliveryResult.Delivered);
}

/// <summary>Refused: this very message will never be taken. Unavailable: it may be taken later.</summary>
public enum DeliveryResult { Delivered, Refused, Unavailable }

/// <summary>What a person can do about a message that did not arrive.</summary>
public enum DeliveryHint { NoAnswer, Unreachable, Certificate, WrongAddress, WrongSignature, MissingKeyword, AddressNotAllowed, TooFast, WrongCredentials, SenderRefused, RecipientRefused, NoStartTls, BadMessage, SecretsUnreadable }
