using QuantDash.Core.Hosting;
using QuantDash.Core.Strategies;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Trading;

/// <summary>Lets strategies that were running when the process ended go on: loads the bars of the past for each, beside the trading thread, and hands them in.</summary>
internal sealed class StrategyStarter(TradingRuntime runtime, IStrategyDefinitions definitions, IUserStrategies own, IStrategyHistory history, TimeProvider clock, ILogger<StrategyStarter> log) : ISupervisedLoop
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    public string ServiceName => "strategy_starts";

    public TimeSpan? LongestTurn => TimeSpan.FromMinutes(5);

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        do
        {
            pulse.Beat();
            await TurnAsync(stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    internal async Task TurnAsync(CancellationToken stop)
    {
        foreach (var waiting in runtime.Snapshots.Current.Strategies.Where(view => view.AwaitsHistory).Select(view => view.Instance))
        {
            var warmUp = await DefinitionAsync(waiting.Definition, stop) is { } definition ? await history.LoadAsync(waiting, definition, clock.GetUtcNow(), stop) : StrategyWarmUp.None;
            var begun = await runtime.RunAsync((engine, now) => engine.Strategies.GoOn(waiting.Id, warmUp, now), stop);
            if (!begun.Succeeded) log.LogWarning("Strategy {Strategy} does not go on: {Code}", waiting.Name, begun.Problems[0].Code);
        }
    }

    /// <summary>The look into the folder at the start may not be over yet: a strategy of the trader's own does not end for that.</summary>
    private async Task<StrategyDefinition?> DefinitionAsync(string name, CancellationToken stop)
    {
        if (definitions.Find(name) is { } known) return known;
        await own.LookAsync(stop);
        return definitions.Find(name);
    }
}
