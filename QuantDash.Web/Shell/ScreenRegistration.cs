using QuantDash.Web.Features.Demo;
using QuantDash.Web.Features.Locks;
using QuantDash.Web.Features.Orders;
using QuantDash.Web.Features.Positions;
using QuantDash.Web.Features.Strategies;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;
using Radzen;

namespace QuantDash.Web.Shell;

/// <summary>What every screen needs.</summary>
public static class ScreenRegistration
{
    /// <summary>Pages that were cut off and may come back: a trader's, not those of a network that fails all day.</summary>
    public const int MostRetained = 30;

    /// <summary>For how long a page that was cut off may come back to where it was.</summary>
    private static readonly TimeSpan CutOff = TimeSpan.FromMinutes(10);

    /// <summary>Pages give their server up after four of these (js/start.js).</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(2);

    /// <summary>Before everything else that starts: see <see cref="Standby"/>.</summary>
    public static IServiceCollection AddStandby(this IServiceCollection services) => services.AddSingleton<Serving>().AddHostedService<Standby>();

    public static IServiceCollection AddScreen(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(circuits => (circuits.DisconnectedCircuitMaxRetained, circuits.DisconnectedCircuitRetentionPeriod) = (MostRetained, CutOff))
            .AddHubOptions(hub => hub.KeepAliveInterval = SignOfLife);
        services.AddRadzenComponents();
        services.AddDisplay();
        services.AddSingleton<UiClock>();
        services.AddSingleton<ReadinessBoard>();
        services.AddSingleton<LockExtremes>();
        services.AddSingleton<ILockDesk, LockDesk>();
        services.AddSingleton<IRehearsalDesk, RehearsalDesk>();
        services.AddSingleton<SameWish>();
        services.AddSingleton<IOrderCounter, OrderCounter>();
        services.AddSingleton<IHeldCounter, HeldCounter>();
        services.AddSingleton<IUnknownOrders, UnknownOrders>();
        services.AddSingleton<ILockCounter, LockCounter>();
        services.AddSingleton<IStrategyControls, StrategyControls>();
        services.AddSingleton(new ScreenPart(ScreenPart.LiveOrders, typeof(LiveOrders)));
        services.AddSingleton(new ScreenPart(ScreenPart.AccountSettings, typeof(DemoCard)));
        services.AddScoped<ScreenFeed>();
        return services;
    }
}
