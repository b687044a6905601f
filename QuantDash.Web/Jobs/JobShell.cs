using System.Globalization;
using Quartz;

namespace QuantDash.Web.Jobs;

/// <summary>What Quartz runs, for every job: finds the one that is meant, passes its progress on and writes down how it ended.</summary>
internal sealed class JobShell(JobRoster roster, JobMeter meter, TimeProvider clock, ILogger<JobShell> log) : IJob
{
    /// <summary>In the history's metrics: the lock triggers a run moved.</summary>
    public const string Triggers = "triggers";

    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    // So many ids fit into what the history keeps of a run.
    private const int MostTriggers = 90;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var id = JobKeys.Of(context.JobDetail.Key);
        var since = clock.GetTimestamp();
        try
        {
            var job = roster.Find(id.Name) ?? throw new InvalidOperationException($"This version has no job {id.Name}.");
            var report = TooLate(context, job.Plan) ?? await job.RunAsync(new(id, context.RetryAttempt, context.Recovering, Tell), cancellationToken);
            context.Result = ReportOf(report);
            meter.Ended(id.Name, report.Idle ? JobOutcome.Idle : JobOutcome.Succeeded, clock.GetElapsedTime(since));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            meter.Ended(id.Name, JobOutcome.Cancelled, clock.GetElapsedTime(since));
            throw;
        }
        catch (Exception error)
        {
            log.LogError(error, "The job {Job} failed at attempt {Attempt}", id, context.RetryAttempt + 1);
            meter.Ended(id.Name, JobOutcome.Failed, clock.GetElapsedTime(since));
            context.Result = JobRunReport.Failed(error.ToString());
            if (roster.Find(id.Name) is not { } known || context.RetryAttempt >= known.Plan.Retries) GiveUp(id, error);
            throw;
        }

        void Tell(double share, string word) => context.ReportProgress((int)Math.Round(Math.Clamp(share, 0, 1) * 100), word);
    }

    /// <summary>A made-up run whose time is long past is not run: what it would do is no longer wanted, or the next planned one is near. Null: it runs.</summary>
    private JobReport? TooLate(IJobExecutionContext context, JobPlan plan)
    {
        if (plan.MakeUpWithin is not { } within || !JobKeys.IsPlanned(context.Trigger.Key) || context.Recovering || context.RetryAttempt > 0) return null;
        var now = clock.GetUtcNow();
        // The scheduler may be a moment early.
        if (plan.Schedule?.LatestPlanned(now + Early, context.PreviousFireTimeUtc) is not { } planned || now - planned <= within) return null;
        log.LogWarning("The job {Job} was planned for {Planned} and missed it by more than {Within}: it waits for its next time", plan.Name, planned, within);
        return new("missed", planned.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC", within.TotalHours.ToString("0.##", CultureInfo.InvariantCulture)) { Idle = true };
    }

    private void GiveUp(JobId id, Exception error)
    {
        meter.GivenUp(id.Name);
        roster.Tell(id, error.Message);
    }

    private static JobRunReport ReportOf(JobReport report)
    {
        var written = report.Idle ? JobRunReport.Skipped(report.ToString()) : JobRunReport.Succeeded(report.ToString());
        return report.Triggers is { Count: > 0 } moved ? written.With(Triggers, string.Join(' ', moved.Take(MostTriggers).Select(id => id.ToString("N")))) : written;
    }
}
