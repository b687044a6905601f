using QuantDash.Core.Engine;

namespace QuantDash.Web.Trading;

/// <summary>Writes into <c>service_status</c> that the trading thread and the journal are alive, for scripts that look there.</summary>
internal sealed class TradingHeartbeat(TradingRuntime runtime, IDurableJournal journal, IServiceStatusBoard board, TimeProvider clock, ILogger<TradingHeartbeat> log)
    : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync("stopped", "stopped", cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        do
        {
            await SaveAsync(
                runtime.SinceLastTurn < LongestTurn ? "running" : "stalled",
                journal.Health.State == JournalState.Healthy ? "running" : "failed",
                stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SaveAsync(string trading, string writing, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (rebuilt, lastError) = runtime.Rebuilt;
        try
        {
            await board.SaveAsync(new("lock_trigger", trading, now, lastError, rebuilt), stop).WaitAsync(stop);
            await board.SaveAsync(new("journal", writing, now, journal.Health.LastError), stop).WaitAsync(stop);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The database is away: the journal says so itself, and the heartbeat is missing, which is what it is for.
            log.LogDebug(error, "The heartbeat could not be written");
        }
    }
}
