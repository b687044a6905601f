using QuantDash.Core.Engine;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Trading;

/// <summary>Tells the trader, on the tape and from there by message, that a loop failed. Once in a while for each: one that fails every minute is told of, not shouted.</summary>
internal sealed class FailureTeller : IHostedService, IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);
    private readonly LoopRoster _roster;
    private readonly TradingRuntime _runtime;
    private readonly TimeProvider _clock;
    private readonly ILogger<FailureTeller> _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _toldAt = new(StringComparer.Ordinal);

    public FailureTeller(LoopRoster roster, TradingRuntime runtime, TimeProvider clock, ILogger<FailureTeller> log)
    {
        (_roster, _runtime, _clock, _log) = (roster, runtime, clock, log);
        _roster.Failed += Tell;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _roster.Failed -= Tell;

    private void Tell(ServiceStatus status)
    {
        lock (_gate)
        {
            if (_toldAt.TryGetValue(status.ServiceName, out var at) && _clock.GetUtcNow() - at < Quiet) return;
            _toldAt[status.ServiceName] = _clock.GetUtcNow();
        }

        _ = TellAsync(status);
    }

    private async Task TellAsync(ServiceStatus status)
    {
        try
        {
            await _runtime.RunAsync((engine, now) =>
            {
                engine.TellServiceFailed(status, now);
                return true;
            });
        }
        catch (Exception error)
        {
            // It stands in the log, and in service_status once the database is back.
            _log.LogWarning(error, "Nobody could be told that {Service} failed", status.ServiceName);
        }
    }
}
