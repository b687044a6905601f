using System.Diagnostics.Metrics;
using QuantDash.Core.Notifications;
using QuantDash.Web.Api;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Features.Notifications;

/// <summary>Counts what became of each attempt to send a message.</summary>
public sealed class NotificationMeter
{
    private readonly Counter<long> _attempts;

    public NotificationMeter(IMeterFactory meters)
    {
        _attempts = meters.QuantDash().CreateCounter<long>("quantdash.notifications.attempts", null, "Attempts to send a message, by result.");
        foreach (var result in Enum.GetValues<DeliveryResult>()) _attempts.Add(0, Label(result));
    }

    public void Count(DeliveryResult result) => _attempts.Add(1, Label(result));

    private static KeyValuePair<string, object?> Label(DeliveryResult result) => new("result", WireNames<DeliveryResult>.Of(result));
}
