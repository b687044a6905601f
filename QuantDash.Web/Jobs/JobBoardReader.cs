using Quartz;

namespace QuantDash.Web.Jobs;

/// <summary>Puts together from the store how every job stands, over all processes on it.</summary>
internal sealed class JobBoardReader(RunningJobs running, JobRoster roster, TimeProvider clock)
{
    public async Task<JobBoard> ReadAsync(CancellationToken stop)
    {
        var scheduler = running.Scheduler;
        var triggers = (await scheduler.QueryTriggers(new() { Take = PagedQuery.All }, stop)).Items;
        var runs = (await scheduler.QueryFireInstances(new() { State = FireInstanceState.Executing, Take = PagedQuery.All }, stop)).Items;
        var last = (await running.History.QueryJobRunStatuses(new() { SchedulerName = scheduler.SchedulerName, Take = PagedQuery.All }, stop)).Items;
        var nodes = await scheduler.QueryClusterNodes(stop);
        var ids = roster.All.Select(job => new JobId(job.Plan.Name))
            .Concat(triggers.Select(trigger => JobKeys.Of(trigger.JobKey)))
            .Concat(runs.Where(run => run.JobKey is not null).Select(run => JobKeys.Of(run.JobKey!)))
            .Distinct();
        var standings =
            from id in ids
            where roster.Find(id.Name) is not null
            orderby id.Name, id.Argument
            select Standing(id, [.. triggers.Where(t => JobKeys.Of(t.JobKey) == id)], runs.FirstOrDefault(r => r.JobKey is { } key && JobKeys.Of(key) == id), last.FirstOrDefault(s => JobKeys.Of(s.Job) == id));
        return new(clock.GetUtcNow(), [.. standings], [.. nodes.Select(ServerOf)]);
    }

    private JobStanding Standing(JobId id, List<TriggerHeader> triggers, FireInstance? run, JobRunStatus? last)
    {
        var planned = triggers.Find(trigger => JobKeys.IsPlanned(trigger.Key));
        var paused = planned?.State == TriggerState.Paused;
        var due = triggers.Where(t => t.State is not (TriggerState.Paused or TriggerState.Complete or TriggerState.None or TriggerState.Error)).ToList();
        var retrying = due.Find(trigger => trigger.RetryAttempt > 0);
        var state = run is not null ? JobState.Running
            : retrying is not null ? JobState.Retrying
            : due.Exists(trigger => !JobKeys.IsPlanned(trigger.Key)) ? JobState.Waiting
            : paused ? JobState.Paused
            : planned is not null ? JobState.Planned : JobState.Idle;
        return new(
            id, roster.Find(id.Name)!.Plan, state, paused, due.Where(trigger => trigger.NextFireTimeUtc is not null).Min(trigger => trigger.NextFireTimeUtc), retrying?.RetryAttempt ?? 0,
            run is null ? null : RunOf(run), last is null ? null : LastOf(last), planned?.Pause?.RequestedBy);
    }

    private static JobInProgress RunOf(FireInstance run) =>
        new(run.FireInstanceId, run.FireTimeUtc, run.Progress / 100d, run.ProgressMessage, run.SchedulerInstanceId, run.InterruptRequestedUtc is not null);

    private static JobLast LastOf(JobRunStatus last) => new(
        last.LastFiredAtUtc, JobHistoryReader.OutcomeOf(last.LastResult), last.LastDuration, JobHistoryReader.ReportOf(last.LastResult, last.LastSummary),
        last.LastResult == JobRunResult.Failed ? last.LastFailureMessage : null, last.ConsecutiveFailures);

    private static JobServer ServerOf(ClusterNode node) => new(node.InstanceId, node.State != ClusterNodeState.Failed, node.IsCurrentNode, node.LastCheckInUtc);
}
