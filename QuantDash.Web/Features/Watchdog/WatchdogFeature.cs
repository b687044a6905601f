using QuantDash.Core.Notifications;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.Watchdog;

/// <summary>What a process with the role <c>watchdog</c> does; it has no engine, no database and no screen.</summary>
public static class WatchdogFeature
{
    public static IServiceCollection AddWatchdog(this IServiceCollection services)
    {
        // Asked every few seconds for months: a connection that is kept would hide that nobody new can connect.
        services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero }) { MaxResponseContentBufferSize = 64 * 1024 });
        services.AddSingleton<TraderProbe>().AddSingleton<WatchMemory>().AddSingleton<WatchMessages>();
        return services.AddSingleton<TraderWatch>().AddSupervised<TraderWatch>();
    }

    /// <summary>Whether the watchdog itself lives, and what it sees.</summary>
    public static void MapWatchdog(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Ok(new { status = "ok" }));
        app.MapGet("/health", Answer);
    }

    private static IResult Answer(TraderWatch watch, INotifier notifier)
    {
        var trader = watch.Latest switch { null => "unknown", { IsWell: true } => "ok", _ => "silent" };
        var notifications = !notifier.IsConfigured ? "off" : watch.Trouble is null ? "ok" : "failing";
        return Results.Ok(new { status = trader == "ok" && notifications == "ok" ? "ok" : "degraded", parts = new { trader, notifications } });
    }
}
