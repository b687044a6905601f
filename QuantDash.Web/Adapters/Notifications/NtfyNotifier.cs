using Microsoft.Extensions.Options;
using QuantDash.Core.Notifications;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Notifications;

/// <summary>Sends over the channel that the configuration names.</summary>
internal sealed class NtfyNotifier(IOptions<QuantDashOptions> options, IChannelSender sender) : INotifier
{
    private readonly NotificationChannel? _channel = options.Value.Notifications.Channel;

    public bool IsConfigured => _channel is not null;

    public async Task<Delivery> SendAsync(Notification notification, CancellationToken stop = default) =>
        _channel is null ? new(DeliveryResult.Unavailable, "no ntfy address is set") : await sender.SendAsync(_channel, notification, stop);
}
