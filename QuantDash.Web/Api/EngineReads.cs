using QuantDash.Core.Engine;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Api;

/// <summary>Reads for programs, which expect to see what they wrote a moment ago: screens take the published snapshot instead.</summary>
public sealed class EngineReads(TradingRuntime runtime)
{
    private readonly Lock _gate = new();
    private Task<EngineSnapshot>? _queued;

    /// <summary>How long a read waits for what stands before it to be durable.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The engine as it is now. Callers that come before the trading thread has begun share one snapshot. While the journal cannot write, it is,
    /// after <see cref="Patience"/>, the last published one: what that tells may not be durable yet, and /health says that the database is behind.</summary>
    public async Task<EngineSnapshot> SnapshotAsync(CancellationToken stop)
    {
        Task<EngineSnapshot> taken;
        lock (_gate) taken = _queued ??= TakeAsync();
        try
        {
            return await taken.WaitAsync(Patience, stop);
        }
        catch (TimeoutException)
        {
            return runtime.Snapshots.Current;
        }
    }

    /// <summary>Waits until what happened before this call stands in the database; a database that does not answer is not waited for long.</summary>
    public Task SettleAsync(CancellationToken stop) => SnapshotAsync(stop);

    private Task<EngineSnapshot> TakeAsync() => runtime.ReadAsync((engine, now) =>
    {
        lock (_gate) _queued = null;
        return engine.Snapshot(now);
    });
}
