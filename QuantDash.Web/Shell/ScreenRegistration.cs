using QuantDash.Web.Features.Locks;
using QuantDash.Web.Features.Orders;
using QuantDash.Web.Features.Positions;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;
using Radzen;

namespace QuantDash.Web.Shell;

/// <summary>What every screen needs.</summary>
public static class ScreenRegistration
{
    /// <summary>Before everything else that starts: see <see cref="Standby"/>.</summary>
    public static IServiceCollection AddStandby(this IServiceCollection services) => services.AddSingleton<Serving>().AddHostedService<Standby>();

    public static IServiceCollection AddScreen(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddDisplay();
        services.AddSingleton<UiClock>();
        services.AddSingleton<ReadinessBoard>();
        services.AddSingleton<ILockDesk, LockDesk>();
        services.AddSingleton<IRehearsalDesk, RehearsalDesk>();
        services.AddSingleton<SameWish>();
        services.AddSingleton<IOrderCounter, OrderCounter>();
        services.AddSingleton<IHeldCounter, HeldCounter>();
        services.AddSingleton<IUnknownOrders, UnknownOrders>();
        services.AddSingleton<ILockCounter, LockCounter>();
        services.AddSingleton(new ScreenPart(ScreenPart.LiveOrders, typeof(LiveOrders)));
        services.AddScoped<ScreenFeed>();
        return services;
    }
}
