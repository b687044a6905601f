using QuantDash.Core.Engine;
using QuantDash.Web.Api;
using QuantDash.Web.Security;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>Supervised loops of this process.</summary>
public static class ServiceEndpoints
{
    public static IServiceCollection AddServiceDesk(this IServiceCollection services) => services.AddSingleton<LoopDesk>().AddSingleton<WatchdogLink>().AddSupervised<WatchdogLink>();

    public static void MapServices(this IEndpointRouteBuilder app)
    {
        var services = app.MapGroup("/api/services").RequireAuthorization(Scopes.Admin).WithTags("System");
        services.MapGet("", (LoopRoster roster) => Answers.Whole(roster.All.Select(loop => ServiceAnswer.Of(loop.Status)))).WithSummary("Every supervised loop and how it is").Produces<ListAnswer<ServiceAnswer>>();
        services.MapPost("{name}/start", (string name, LoopDesk desk) => ActAsync(name, LoopOrder.Start, desk)).WithSummary("Starts a loop that was stopped").Produces<ServiceAnswer>();
        services.MapPost("{name}/stop", (string name, LoopDesk desk) => ActAsync(name, LoopOrder.Stop, desk)).WithSummary("Stops a loop until it is started, or the process is").Produces<ServiceAnswer>();
        services.MapPost("{name}/restart", (string name, LoopDesk desk) => ActAsync(name, LoopOrder.Restart, desk)).WithSummary("Ends the run under way and begins another at once").Produces<ServiceAnswer>();
    }

    private static async Task<IResult> ActAsync(string name, LoopOrder order, LoopDesk desk) => Answers.Of(await desk.ActAsync(name, order), loop => ServiceAnswer.Of(loop.Status));
}

/// <param name="State">running, failed, stalled, stopped, or off: it has nothing to do as things are set up.</param>
/// <param name="Restarts">How often it failed and was started again.</param>
public sealed record ServiceAnswer(string Name, string State, DateTimeOffset LastHeartbeat, string? LastError, int Restarts)
{
    public static ServiceAnswer Of(ServiceStatus status) => new(status.ServiceName, status.State, status.LastHeartbeat, status.LastError, status.Restarts);
}
