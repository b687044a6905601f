using System.Data.Common;
using Quartz;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Jobs;

internal sealed class QuartzJobs(JobScheduler jobs, JobRoster roster, TimeProvider clock) : IJobs
{
    /// <summary>How long whoever asks waits for the jobs to be there.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    public Task<Outcome<JobBoard>> LookAsync(CancellationToken stop = default) =>
        WithAsync(async running => Outcome<JobBoard>.Success(await new JobBoardReader(running, roster, clock).ReadAsync(stop)), stop);

    public Task<Outcome<JobHistory>> HistoryAsync(JobFilter filter, CancellationToken stop = default) =>
        WithAsync(async running => Outcome<JobHistory>.Success(await new JobHistoryReader(running, clock).ReadAsync(filter, stop)), stop);

    public Task<Outcome<JobTicket>> EnqueueAsync(JobId id, string askedBy, CancellationToken stop = default) => roster.Find(id.Name) is not { } job
        ? Unknown<JobTicket>(id)
        : WithAsync(
            async running =>
            {
                var scheduler = running.Scheduler;
                if ((await RunsOf(scheduler, id, stop)).Count > 0) return Outcome<JobTicket>.Success(new(id, Joined: true));
                var key = JobKeys.QueuedOf(id);
                if (await WaitsForAnotherAttemptAsync(scheduler, key, stop)) await scheduler.UnscheduleJob(key, stop); // Who asks now does not mean in a while.
                await scheduler.AddJob(JobKeys.Detail(job.Plan, id), AddJobOptions.ReplacingAndStoringNonDurable, stop);
                var queued = await scheduler.ScheduleTrigger(JobKeys.Queue(job.Plan, id, askedBy, clock.GetUtcNow()), TriggerConflict.Keep, stop);
                return Outcome<JobTicket>.Success(new(id, queued.Outcome == ScheduleOutcome.Kept));
            },
            stop);

    public Task<Outcome<JobId>> CancelAsync(JobId id, CancellationToken stop = default) => WithAsync(
        async running =>
        {
            // Not both: to take the trigger away would take the run from the list of those that can be stopped.
            var done = (await RunsOf(running.Scheduler, id, stop)).Count > 0
                ? await running.Scheduler.Interrupt(JobKeys.Of(id), stop)
                : await running.Scheduler.UnscheduleJob(JobKeys.QueuedOf(id), stop);
            return done ? Outcome<JobId>.Success(id) : Outcome<JobId>.Failure("key", roster.Find(id.Name) is null ? "unknown_job" : "job_not_running", id);
        },
        stop);

    public Task<Outcome<JobId>> PauseAsync(JobId id, string askedBy, CancellationToken stop = default) =>
        PlannedAsync(id, (scheduler, key) => scheduler.PauseTriggerWith(key, new() { RequestedBy = askedBy }, stop), stop);

    public Task<Outcome<JobId>> ResumeAsync(JobId id, CancellationToken stop = default) => PlannedAsync(id, (scheduler, key) => scheduler.ResumeTrigger(key, stop), stop);

    private Task<Outcome<JobId>> PlannedAsync(JobId id, Func<IScheduler, TriggerKey, ValueTask<bool>> act, CancellationToken stop) => roster.Find(id.Name) is null
        ? Unknown<JobId>(id)
        : WithAsync(
            async running => id.Argument.Length == 0 && await act(running.Scheduler, JobKeys.PlannedOf(id.Name)) ? Outcome<JobId>.Success(id) : Outcome<JobId>.Failure("key", "job_not_planned", id), stop);

    private static async Task<IReadOnlyList<FireInstance>> RunsOf(IScheduler scheduler, JobId id, CancellationToken stop) =>
        (await scheduler.QueryFireInstances(new() { Job = JobKeys.Of(id), State = FireInstanceState.Executing, Take = PagedQuery.All }, stop)).Items;

    private static async Task<bool> WaitsForAnotherAttemptAsync(IScheduler scheduler, TriggerKey key, CancellationToken stop)
    {
        var found = await scheduler.QueryTriggers(new() { Group = GroupMatcher<TriggerKey>.GroupEquals(key.Group), Take = PagedQuery.All }, stop);
        return found.Items.Any(trigger => trigger.Key.Equals(key) && trigger.RetryAttempt > 0);
    }

    private static Task<Outcome<T>> Unknown<T>(JobId id) => Task.FromResult(Outcome<T>.Failure("key", "unknown_job", id));

    private async Task<Outcome<T>> WithAsync<T>(Func<RunningJobs, Task<Outcome<T>>> work, CancellationToken stop)
    {
        try
        {
            return await work(await jobs.RunningAsync().WaitAsync(Patience, clock, stop));
        }
        catch (Exception error) when (error is SchedulerException or DbException or TimeoutException or ObjectDisposedException)
        {
            return Outcome<T>.Failure("", "jobs_unavailable", error.Message);
        }
    }
}
