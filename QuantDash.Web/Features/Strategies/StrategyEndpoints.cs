using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Strategies;

/// <summary>Strategies over HTTP.</summary>
public static class StrategyEndpoints
{
    public static IServiceCollection AddStrategyApi(this IServiceCollection services) => services.AddSingleton<StrategyApi>().AddSingleton<SignalJudge>();

    public static void MapStrategies(this IEndpointRouteBuilder app)
    {
        var reads = app.MapGroup("/api").RequireAuthorization(Scopes.Read).WithTags("Strategies");
        reads.MapGet("strategy_definitions", (IStrategyDefinitions definitions) => Answers.Whole(definitions.All.Select(DefinitionAnswer.Of)))
            .WithSummary("What can be run, with the parameters that can be set").Produces<ListAnswer<DefinitionAnswer>>();
        reads.MapGet("strategies", ListAsync).WithSummary("Strategies as they stand, newest first").Produces<ListAnswer<StrategyAnswer>>();
        app.MapSignals();

        var desk = app.MapGroup("/api/strategies").RequireAuthorization(Scopes.Trade).WithTags("Strategies");
        desk.MapPost("", CreateAsync).WithSummary("Sets a strategy up; it is not started").Takes<StrategyBody>().Produces<StrategyAnswer>(StatusCodes.Status201Created);
        desk.MapPut("{id:guid}", ChangeAsync).WithSummary("Changes the given fields; what runs goes on with what it was started with until it is started again").Takes<StrategyBody>().Produces<StrategyAnswer>();
        desk.MapDelete("{id:guid}", (Guid id, StrategyApi api, CancellationToken stop) => api.DeleteAsync(id, stop)).WithSummary("Only one that is stopped and holds nothing; its signals and runs stay").Produces(StatusCodes.Status204NoContent);
        desk.MapPost("{id:guid}/start", (Guid id, StrategyApi api, CancellationToken stop) => api.StartAsync(id, stop)).WithSummary("Loads the bars of its warm-up and starts it").Produces<StrategyAnswer>();
        desk.MapPost("{id:guid}/stop", StopAsync).WithSummary("Cancels its orders and stops; what it holds it keeps").Takes<StopBody>().Produces<StrategyAnswer>();
        desk.MapPost("{id:guid}/pause", (Guid id, StrategyApi api, CancellationToken stop) => api.DoAsync(id, (strategies, now) => strategies.Pause(id, now).Problems, stop)).WithSummary("It opens nothing more; stops and closes work on").Produces<StrategyAnswer>();
        desk.MapPost("{id:guid}/resume", (Guid id, StrategyApi api, CancellationToken stop) => api.DoAsync(id, (strategies, now) => strategies.Resume(id, now).Problems, stop)).WithSummary("It opens again").Produces<StrategyAnswer>();
        desk.MapPost("{id:guid}/flatten", (Guid id, StrategyApi api, CancellationToken stop) => api.DoAsync(id, (strategies, now) => strategies.Flatten(id, now).Problems, stop)).WithSummary("Pauses it, cancels its orders and closes what it holds at the market").Produces<StrategyAnswer>();
    }

    private static async Task<IResult> ListAsync(EngineReads reads, CancellationToken stop) => Answers.Whole((await reads.SnapshotAsync(stop)).Strategies.Reverse().Select(StrategyAnswer.Of));

    private static async Task<IResult> CreateAsync(HttpContext context, EngineReads reads, StrategyApi api, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("name", "strategy", "account_id", "symbols");
        var request = new StrategyReader(body, await reads.SnapshotAsync(stop), catalog, clock).Read(null);
        return body.Problems.Count > 0 ? ProblemAnswer.Of(body.Problems) : await api.CreateAsync(request, stop);
    }

    private static async Task<IResult> ChangeAsync(Guid id, HttpContext context, EngineReads reads, StrategyApi api, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var snapshot = await reads.SnapshotAsync(stop);
        if (snapshot.Strategies.FirstOrDefault(view => view.Instance.Id == id) is not { } known) return StrategyApi.Unknown(id);
        var request = new StrategyReader(body, snapshot, catalog, clock).Read(StrategyRequest.Of(known.Instance));
        return body.Problems.Count > 0 ? ProblemAnswer.Of(body.Problems) : await api.ChangeAsync(id, request, stop);
    }

    private static async Task<IResult> StopAsync(Guid id, HttpContext context, StrategyApi api, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var reason = body.Text("reason", 200) ?? "";
        return body.Problems.Count > 0 ? ProblemAnswer.Of(body.Problems) : await api.DoAsync(id, (strategies, now) => strategies.Stop(id, reason, now).Problems, stop);
    }
}
