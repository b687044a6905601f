using QuantDash.Core.Notifications;
using QuantDash.Web.Jobs;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.Notifications;

public static class NotificationFeature
{
    /// <summary>After the trading thread: what it tells is what is sent.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<ConfirmLimit>().AddSingleton<ConfirmDesk>();
        services.AddSingleton<NotificationDesk>().AddSingleton<MessageWriter>().AddSingleton<ChannelTrial>();
        services.AddSingleton<NotificationMeter>().AddSingleton<NotificationSender>();
        services.AddSingleton<INotificationHealth>(provider => provider.GetRequiredService<NotificationSender>());
        services.AddSingleton<IChannelHealth>(provider => provider.GetRequiredService<NotificationSender>());
        services.AddSupervised<NotificationSender>();
        services.AddSingleton<AccountWatchLoop>().AddSupervised<AccountWatchLoop>();
        return services.AddNotificationRetention();
    }

    /// <summary>What a worker does of it.</summary>
    public static IServiceCollection AddNotificationRetention(this IServiceCollection services) => services.AddJob<NotificationRetentionJob>();
}
