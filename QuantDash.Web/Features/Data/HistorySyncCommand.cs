using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Data;

/// <summary>The verb <c>history sync</c>, apart from the others: they look at bars only, this one opens the tick store.</summary>
public sealed class HistorySyncCommand(HistorySync sync, ContractCatalog catalog, TimeProvider clock)
{
    /// <summary>Bars out of a history into the store. 0: done; 1: not.</summary>
    /// <param name="from">Null: from where the store ends.</param>
    public async Task<int> RunAsync(SourceName source, string symbol, Timeframe timeframe, DateOnly? from, TextWriter output, CancellationToken stop)
    {
        var contract = catalog.Resolve(symbol, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var result = contract.Succeeded
            ? await sync.RunAsync(new(source, contract.Value.Symbol, timeframe), contract.Value, from, DateOnly.MaxValue, stop)
            : Outcome<BarMergeResult>.Failure(contract.Problems);
        foreach (var problem in result.Problems) await output.WriteLineAsync($"{problem.Field}: {HistoryCommand.Sentence(problem)}");
        if (!result.Succeeded) return 1;
        await output.WriteLineAsync(HistoryCommand.Told(result.Value));
        return 0;
    }
}
