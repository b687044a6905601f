using QuantDash.Web.Features.Locks.Backtests;
using QuantDash.Web.Jobs;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.Locks;

public static class LockEndpoints
{
    public static IServiceCollection AddLockEndpoints(this IServiceCollection services) => services.AddSingleton<LockQuery>().AddSingleton<LockReports>().AddLockBacktests().AddJob<LockExecutionJob>().AddJob<TriggerCheckJob>().AddSingleton<ReadinessWatchLoop>().AddSupervised<ReadinessWatchLoop>();

    private static IServiceCollection AddLockBacktests(this IServiceCollection services) => services.AddSingleton<LockBacktestPlanner>().AddSingleton<LockBacktestDesk>().AddSingleton<ILockBacktestDesk>(provider => provider.GetRequiredService<LockBacktestDesk>()).AddSingleton<FiringJudge>();

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
        app.MapLockBacktests();
        app.MapUnlock();
    }
}
