using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

/// <summary>One kind of channel: writes its messages and reads what is answered.</summary>
internal interface IChannelProtocol
{
    ChannelKind Kind { get; }

    /// <summary>One attempt; the reason may still hold what the other side repeated of ours.</summary>
    Task<Delivery> SendAsync(NotificationChannel channel, Notification notification, CancellationToken stop);
}

internal sealed class ChannelSender : IChannelSender
{
    private readonly Dictionary<ChannelKind, IChannelProtocol> _protocols;

    public ChannelSender(IEnumerable<IChannelProtocol> protocols) => _protocols = protocols.ToDictionary(p => p.Kind);

    public async Task<Delivery> SendAsync(NotificationChannel channel, Notification notification, CancellationToken stop = default)
    {
        if (!channel.IsReadable) return new(DeliveryResult.Unavailable, "its secrets cannot be read", null, DeliveryHint.SecretsUnreadable);
        if (ChannelCheck.Check(channel.Kind, channel.Settings).Count > 0) return new(DeliveryResult.Unavailable, "its settings make no sense", null, DeliveryHint.WrongAddress);
        var delivery = await _protocols[channel.Kind].SendAsync(channel, notification, stop);
        return delivery.Reason is { } reason ? delivery with { Reason = ReasonText.Of(reason, channel) } : delivery;
    }
}
