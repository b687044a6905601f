using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

public static class NotifierRegistration
{
    public static IServiceCollection AddNotifier(this IServiceCollection services)
    {
        services.AddSingleton<ChannelHttp>();
        services.AddSingleton<IChannelProtocol, NtfyProtocol>();
        services.AddSingleton<IChannelProtocol, DingtalkProtocol>();
        services.AddSingleton<IChannelProtocol, FeishuProtocol>();
        services.AddSingleton<IChannelProtocol, WecomProtocol>();
        services.AddSingleton<IChannelProtocol, EmailProtocol>();
        services.AddSingleton<IChannelProtocol, WebhookProtocol>();
        return services.AddSingleton<IChannelSender, ChannelSender>().AddSingleton<INotifier, NtfyNotifier>();
    }
}
