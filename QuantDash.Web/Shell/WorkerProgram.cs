using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using QuantDash.Core.Primitives;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Strategies;
using QuantDash.Web.Api;
using QuantDash.Web.Configuration;
using QuantDash.Web.Features.Notifications;
using QuantDash.Web.Features.Reconciliation;
using QuantDash.Web.Features.SystemStatus;
using QuantDash.Web.Jobs;
using QuantDash.Web.Observability;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Shell;

/// <summary>The process of a worker: no engine, no demo, no screen. It says how it is, and takes queued work from PostgreSQL.</summary>
internal static class WorkerProgram
{
    public static async Task<int> RunAsync(WebApplicationBuilder builder)
    {
        AddServices(builder.Services);
        await using var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseSecurity();
        app.MapGet("/health", HealthAsync).AllowAnonymous();
        app.MapGet("/health/live", () => new ProbeAnswer("ok")).AllowAnonymous();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
        app.MapMetrics();
        app.MapFallback("{**path}", context => NoEngineAnswer.ExecuteAsync(context, ProblemKind.NoEngine, new Problem("", "is_a_worker"))).AllowAnonymous();
        await app.RunAsync();
        return 0;
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddWorkerStorage().AddUserStrategies();
        services.AddAccessControl();
        services.AddMetricsCollector();
        services.AddJobs().AddNotificationRetention().AddReconciliationRetention();
        services.Configure<JsonOptions>(o => ApiJson.Configure(o.SerializerOptions));
    }

    private static async Task<IResult> HealthAsync(DatabaseProbe database, IOptions<QuantDashOptions> options, CancellationToken stop)
    {
        var trouble = await database.TroubleAsync(stop);
        return Results.Ok(new HealthAnswer(trouble is null ? "ok" : "degraded", options.Value.Role, new() { ["database"] = trouble is null ? "ok" : "away" }));
    }

    private static async Task<IResult> ReadyAsync(DatabaseProbe database, CancellationToken stop) =>
        await database.TroubleAsync(stop) is null ? Results.Ok(new ProbeAnswer("ok")) : Results.Json(new ProbeAnswer("database"), statusCode: StatusCodes.Status503ServiceUnavailable);
}
