using QuantDash.Core.Engine;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Api;

/// <summary>Reads for programs, which expect to see what they wrote a moment ago: screens take the published snapshot instead.</summary>
public sealed class EngineReads(TradingRuntime runtime)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private Task<EngineSnapshot>? _queued;

    /// <summary>The engine as it is now. Callers that come before the trading thread has begun share one snapshot.</summary>
    public Task<EngineSnapshot> SnapshotAsync(CancellationToken stop)
    {
        lock (_gate) return (_queued ??= TakeAsync()).WaitAsync(stop);
    }

    /// <summary>Waits until what happened before this call stands in the database; a database that does not answer is not waited for long.</summary>
    public async Task SettleAsync(CancellationToken stop)
    {
        try
        {
            await SnapshotAsync(stop).WaitAsync(Patience, stop);
        }
        catch (TimeoutException)
        {
            // The list is then as old as the database is; /health says that it is behind.
        }
    }

    private Task<EngineSnapshot> TakeAsync() => runtime.RunAsync((engine, now) =>
    {
        lock (_gate) _queued = null;
        return engine.Snapshot(now);
    });
}
