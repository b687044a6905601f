using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Data;

/// <summary>Brings all bars shorter than a day up to date: minutes of what was recorded, and what histories offer. In the trader's process, on whose disk the ticks lie.</summary>
internal sealed class BarSyncJob(SeriesSync series) : IBackgroundJob
{
    public JobPlan Plan { get; } = new()
    {
        Name = "bar-sync",
        Place = JobPlace.Trader,
        Schedule = JobSchedule.DailyAt(new(8, 10)), // 16:10 where the exchanges are: the trading day is over.
        Missed = MissedTime.RunOnce,
        Retries = 3,
    };

    public Task<JobReport> RunAsync(JobRun run, CancellationToken stop) => series.RunAsync(timeframe => !timeframe.IsDay, "built_bars", run, stop);
}

/// <summary>The same for bars of whole trading days.</summary>
internal sealed class DayBarSyncJob(SeriesSync series) : IBackgroundJob
{
    public JobPlan Plan { get; } = new()
    {
        Name = "day-bar-sync",
        Place = JobPlace.Trader,
        Schedule = JobSchedule.DailyAt(new(8, 20)),
        Missed = MissedTime.RunOnce,
        Retries = 3,
    };

    public Task<JobReport> RunAsync(JobRun run, CancellationToken stop) => series.RunAsync(timeframe => timeframe.IsDay, "built_day_bars", run, stop);
}
