using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Strategies;

/// <summary>Gives commands of programs to the engine, and answers with the strategy as it stands then.</summary>
internal sealed class StrategyApi(TradingRuntime runtime, IStrategyDefinitions definitions, IStrategyHistory history, TimeProvider clock)
{
    public static IResult Unknown(Guid id) => ProblemAnswer.Of(ProblemKind.NotFound, "unknown_strategy", id);

    public async Task<IResult> CreateAsync(StrategyRequest request, CancellationToken stop)
    {
        Ask(request);
        var created = await runtime.RunAsync((engine, now) => engine.Strategies.Create(request, now), stop);
        if (!created.Succeeded) return ProblemAnswer.Of(created.Problems);
        var view = await ViewAsync(created.Value.Id, stop);
        return view is null ? Unknown(created.Value.Id) : Results.Created("/api/strategies", StrategyAnswer.Of(view));
    }

    public Task<IResult> ChangeAsync(Guid id, StrategyRequest request, CancellationToken stop)
    {
        Ask(request);
        return DoAsync(id, (strategies, now) => strategies.Change(id, request, now).Problems, stop);
    }

    public async Task<IResult> DeleteAsync(Guid id, CancellationToken stop)
    {
        if (await ViewAsync(id, stop) is null) return Unknown(id);
        var deleted = await runtime.RunAsync((engine, now) => engine.Strategies.Delete(id, now), stop);
        return deleted.Succeeded ? Results.NoContent() : ProblemAnswer.Of(deleted.Problems);
    }

    public async Task<IResult> StartAsync(Guid id, CancellationToken stop)
    {
        if (await ViewAsync(id, stop) is not { } view) return Unknown(id);
        var warmUp = definitions.Find(view.Instance.Definition) is { } definition ? await history.LoadAsync(view.Instance, definition, clock.GetUtcNow(), stop) : StrategyWarmUp.None;
        return await DoAsync(id, (strategies, now) => strategies.Start(id, warmUp, now).Problems, stop);
    }

    public async Task<IResult> DoAsync(Guid id, Func<StrategyCommands, DateTimeOffset, IReadOnlyList<Problem>> work, CancellationToken stop)
    {
        if (await ViewAsync(id, stop) is null) return Unknown(id);
        var problems = await runtime.RunAsync((engine, now) => work(engine.Strategies, now), stop);
        if (problems.Count > 0) return ProblemAnswer.Of(problems);
        return await ViewAsync(id, stop) is { } view ? Results.Ok(StrategyAnswer.Of(view)) : Unknown(id);
    }

    private async Task<StrategyView?> ViewAsync(Guid id, CancellationToken stop) =>
        (await runtime.ReadAsync((engine, now) => engine.Snapshot(now), stop)).Strategies.FirstOrDefault(view => view.Instance.Id == id);

    /// <summary>One of the trader's own is asked in its process what follows from its values, which the trading thread does not wait for.</summary>
    private void Ask(StrategyRequest request) => definitions.Find(request.Definition)?.Bind(request.Parameters);
}
