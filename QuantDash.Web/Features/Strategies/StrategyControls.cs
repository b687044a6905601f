using QuantDash.Core.Engine;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Core.Strategies.OpeningBuyer;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Strategies;

/// <summary>Hands what a trader does with strategies to the trading thread. Bars of the past are loaded before, so that it does not wait for them.</summary>
internal sealed class StrategyControls(TradingRuntime runtime, IStrategyDefinitions definitions, IStrategyHistory history, ContractCatalog catalog, TimeProvider clock) : IStrategyControls
{
    public IReadOnlyList<StrategyDefinition> Definitions => definitions.All;

    public Outcome<StrategyRequest> Check(StrategyDraft draft) => draft.Read(definitions, (text, field) => catalog.Resolve(text, Today, field));

    public Outcome<IReadOnlyList<Symbol>> ReadWatchList(string text)
    {
        var read = WatchListFile.Read(text, catalog.Spellings, Today);
        if (!read.Succeeded) return read;
        var unknown = read.Value.Where(symbol => catalog.Find(symbol, Today) is null).Select(symbol => new Problem("watch_list", "unknown_symbol", symbol)).ToList();
        return unknown.Count > 0 ? Outcome<IReadOnlyList<Symbol>>.Failure(unknown) : read;
    }

    public async Task<Outcome<StrategyInstance>> SaveAsync(Guid? id, StrategyRequest request)
    {
        Acting.Demand(Scopes.Trade);
        // One of the trader's own is asked in its process what follows from its values: neither the page nor the trading thread waits for that.
        await Task.Run(() => definitions.Find(request.Definition)?.Bind(request.Parameters));
        return await runtime.RunAsync((engine, now) => id is { } existing ? engine.Strategies.Change(existing, request, now) : engine.Strategies.Create(request, now));
    }

    public async Task<IReadOnlyList<Problem>> DoAsync(Guid id, StrategyDeed deed)
    {
        Acting.Demand(Scopes.Trade);
        return deed switch
        {
            StrategyDeed.Start => await StartAsync(id),
            StrategyDeed.Stop => await RunAsync((engine, now) => engine.Strategies.Stop(id, StrategyWords.ByHand, now).Problems),
            StrategyDeed.Pause => await RunAsync((engine, now) => engine.Strategies.Pause(id, now).Problems),
            StrategyDeed.Resume => await RunAsync((engine, now) => engine.Strategies.Resume(id, now).Problems),
            StrategyDeed.Flatten => await RunAsync((engine, now) => engine.Strategies.Flatten(id, now).Problems),
            StrategyDeed.Delete => await RunAsync((engine, now) => engine.Strategies.Delete(id, now).Problems),
            _ => throw new InvalidOperationException($"Nobody knows how to {deed}."),
        };
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private async Task<IReadOnlyList<Problem>> StartAsync(Guid id)
    {
        if (runtime.Snapshots.Current.Strategies.FirstOrDefault(view => view.Instance.Id == id)?.Instance is not { } instance) return [new("id", "unknown_strategy", id)];
        if (definitions.Find(instance.Definition) is not { } definition) return [new("definition", "unknown_strategy", instance.Definition)];
        var warmUp = await history.LoadAsync(instance, definition, clock.GetUtcNow(), CancellationToken.None);
        return await RunAsync((engine, now) => engine.Strategies.Start(id, warmUp, now).Problems);
    }

    private Task<IReadOnlyList<Problem>> RunAsync(Func<TradingEngine, DateTimeOffset, IReadOnlyList<Problem>> work) => runtime.RunAsync(work);
}
