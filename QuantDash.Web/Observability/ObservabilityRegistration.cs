using Microsoft.AspNetCore.Components.Server.Circuits;
using QuantDash.Web.Live;
using QuantDash.Web.Security;

namespace QuantDash.Web.Observability;

/// <summary><c>/metrics</c> for Prometheus, for who may read; what is in it: docs/metrics.md.</summary>
public static class ObservabilityRegistration
{
    public static IServiceCollection AddObservability(this IServiceCollection services)
    {
        services.AddMetricsCollector();
        services.AddSingleton<OpenScreens>();
        services.AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<OpenScreens>());
        services.AddHostedService<EngineGauges>();
        services.AddSingleton<FeedUptime>().AddSingleton<ScreenUptime>().AddHostedService<UptimeWatch>();
        services.AddHostedService<ProcessGauges>();
        services.AddHostedService<TraceExport>();
        return services;
    }

    /// <summary>What this process and the framework measure, without an engine.</summary>
    public static IServiceCollection AddMetricsCollector(this IServiceCollection services) => services.AddSingleton<MetricsCollector>();

    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        // Listens from here on: what is counted before the first scrape counts too.
        var collector = app.ServiceProvider.GetRequiredService<MetricsCollector>();
        app.MapGet("/metrics", () => Results.Text(collector.Scrape(), PrometheusText.ContentType)).RequireAuthorization(Scopes.Read).ExcludeFromDescription();
    }
}
