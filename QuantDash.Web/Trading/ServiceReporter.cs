using QuantDash.Core.Engine;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Trading;

/// <summary>Writes into <c>service_status</c> how the trading thread, the journal and every supervised loop are, for scripts that look there.</summary>
internal sealed class ServiceReporter(TradingRuntime runtime, IDurableJournal journal, LoopRoster roster, IServiceStatusBoard board, TimeProvider clock) : ISupervisedLoop
{
    public const string Trading = "lock_trigger";
    public const string Journal = "journal";
    private const string Stopped = "stopped";
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestTradingTurn = TimeSpan.FromSeconds(2);

    private readonly FailureWatch _watch = new();

    public string ServiceName => "service_reporter";

    public string? Trouble { get; private set; }

    // A turn waits for the database, which may be away.
    public TimeSpan? LongestTurn => TimeSpan.FromSeconds(60);

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        try
        {
            do
            {
                pulse.Beat();
                foreach (var news in _watch.Next(Now())) roster.Tell(news);
                await TrySaveAsync(stop);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        finally
        {
            // The host stops us before the trading thread and the journal: this is the last word.
            if (stop.IsCancellationRequested && journal.Health.State == JournalState.Healthy)
                foreach (var status in Now()) await board.SaveAsync(status with { State = Stopped }, CancellationToken.None);
        }
    }

    private async Task TrySaveAsync(CancellationToken stop)
    {
        try
        {
            foreach (var status in Now()) await board.SaveAsync(status, stop).WaitAsync(stop);
            Trouble = null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The database is away: the journal says so itself, and the heartbeats are missing, which is what they are for.
            Trouble = error.Message;
        }
    }

    private IReadOnlyList<ServiceStatus> Now()
    {
        var now = clock.GetUtcNow();
        var (rebuilt, lastError) = runtime.Rebuilt;
        var health = journal.Health;
        return
        [
            new(Trading, runtime.SinceLastTurn < LongestTradingTurn ? "running" : ServiceStatus.Stalled, now, lastError, rebuilt),
            new(Journal, health.State == JournalState.Healthy ? "running" : "failed", now, health.LastError),
            .. roster.All.Select(loop => loop.Status),
        ];
    }
}
