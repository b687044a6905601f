using System.Globalization;
using QuantDash.Web.Jobs;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Accounts;

/// <summary>A point of the funds curve every hour for accounts whose market is quiet; busy ones get theirs from the engine every minute. A time that was missed cannot be measured later.</summary>
internal sealed class EquitySnapshotJob(TradingRuntime runtime) : IBackgroundJob
{
    /// <summary>An account with a point as young as this needs none.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(30);

    public JobPlan Plan { get; } = new()
    {
        Name = "equity-snapshot",
        Place = JobPlace.Trader,
        Schedule = JobSchedule.Every(TimeSpan.FromHours(1)),
        ResumeAfterKill = false, // The next hour is soon enough.
    };

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var saved = await runtime.RunAsync((engine, now) => engine.SaveEquity(Quiet, now), stop);
        return saved == 0 ? new("equity_known") { Idle = true } : new("equity_points", saved.ToString(CultureInfo.InvariantCulture));
    }
}
