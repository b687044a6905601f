using QuantDash.Core.Engine;
using QuantDash.Web.Jobs;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Trading;

/// <summary>Tells the trader, on the tape and from there by message, that a loop or a job failed. Once in a while for each: one that fails every minute is told of, not shouted.</summary>
internal sealed class FailureTeller : IHostedService, IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);
    private readonly LoopRoster _roster;
    private readonly JobRoster _jobs;
    private readonly TradingRuntime _runtime;
    private readonly TimeProvider _clock;
    private readonly ILogger<FailureTeller> _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _toldAt = new(StringComparer.Ordinal);

    public FailureTeller(LoopRoster roster, JobRoster jobs, TradingRuntime runtime, TimeProvider clock, ILogger<FailureTeller> log)
    {
        (_roster, _jobs, _runtime, _clock, _log) = (roster, jobs, runtime, clock, log);
        _roster.Failed += Tell;
        _jobs.Failed += Tell;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _roster.Failed -= Tell;
        _jobs.Failed -= Tell;
    }

    private void Tell(JobId job, string error) => Tell($"job {job}", (engine, now) => engine.TellJobFailed(job.ToString(), error, now));

    private void Tell(ServiceStatus status) => Tell(status.ServiceName, (engine, now) => engine.TellServiceFailed(status, now));

    private void Tell(string who, Action<TradingEngine, DateTimeOffset> tell)
    {
        lock (_gate)
        {
            if (_toldAt.TryGetValue(who, out var at) && _clock.GetUtcNow() - at < Quiet) return;
            _toldAt[who] = _clock.GetUtcNow();
        }

        _ = TellAsync(who, tell);
    }

    private async Task TellAsync(string who, Action<TradingEngine, DateTimeOffset> tell)
    {
        try
        {
            await _runtime.RunAsync((engine, now) =>
            {
                tell(engine, now);
                return true;
            });
        }
        catch (Exception error)
        {
            // It stands in the log, and in service_status or the jobs' history once the database is back.
            _log.LogWarning(error, "Nobody could be told that {Who} failed", who);
        }
    }
}
