using QuantDash.Core.Notifications;

namespace QuantDash.Web.Adapters.Notifications;

public static class NotifierRegistration
{
    public static IServiceCollection AddNotifier(this IServiceCollection services) => services.AddSingleton<INotifier, NtfyNotifier>();
}
