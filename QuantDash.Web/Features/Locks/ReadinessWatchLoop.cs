using QuantDash.Core.Engine;
using QuantDash.Web.Supervision;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Looks at every armed rule once a second and puts on the tape that it could not execute; from there it is announced as everything else is.</summary>
public sealed class ReadinessWatchLoop(TradingRuntime runtime, ITapeHistory history, TimeProvider clock) : ISupervisedLoop
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);
    private ReadinessWatch? _watch;

    public string ServiceName => "readiness_watch";

    public TimeSpan? LongestTurn => TimeSpan.FromMinutes(5);

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        _watch = null; // Whatever ended the run before: the tape knows.
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
        if (runtime.Snapshots.Current is not { Recovered: true } snapshot) return;
        _watch ??= await RememberAsync(stop);
        foreach (var alert in _watch.Look(Readiness.Build(snapshot), clock.GetUtcNow()))
        {
            await runtime.RunAsync(
                (engine, now) =>
                {
                    engine.TellRule(alert, now);
                    return true;
                },
                stop);
            _watch.After(alert);
        }
    }

    private async Task<ReadinessWatch> RememberAsync(CancellationToken stop)
    {
        var watch = new ReadinessWatch();
        foreach (var entry in await history.AllSinceAsync(ReadinessWatch.KeyPrefix, clock.GetUtcNow() - Remembered, stop)) watch.After(entry);
        return watch;
    }
}
