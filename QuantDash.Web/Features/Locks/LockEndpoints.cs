using QuantDash.Web.Jobs;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.Locks;

public static class LockEndpoints
{
    public static IServiceCollection AddLockEndpoints(this IServiceCollection services) => services.AddSingleton<LockQuery>().AddSingleton<LockReports>().AddJob<LockExecutionJob>().AddJob<TriggerCheckJob>().AddSingleton<ReadinessWatchLoop>().AddSupervised<ReadinessWatchLoop>();

    public static void MapLocks(this IEndpointRouteBuilder app)
    {
        app.MapLockRules();
        app.MapLockTriggers();
        app.MapLockTemplates();
        app.MapLockHistoryCsv();
        app.MapLockReport();
        app.MapLockImport();
        app.MapReadiness();
        app.MapPreview();
        app.MapRehearsal();
        app.MapUnlock();
    }
}
