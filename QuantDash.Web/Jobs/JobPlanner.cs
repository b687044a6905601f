using Quartz;

namespace QuantDash.Web.Jobs;

/// <summary>Brings what is stored in line with the plans of this version: adds, changes and removes schedules, and leaves alone what is the same, with its next time and
/// whether somebody paused it.</summary>
internal sealed class JobPlanner(IScheduler scheduler, JobRoster roster, TimeProvider clock)
{
    public async Task PlanAsync(CancellationToken stop)
    {
        foreach (var job in roster.All)
        {
            var id = new JobId(job.Plan.Name);
            await scheduler.AddJob(JobKeys.Detail(job.Plan, id), AddJobOptions.Replacing, stop);
            await PlanAsync(job.Plan, stop);
        }
    }

    private async Task PlanAsync(JobPlan plan, CancellationToken stop)
    {
        var key = JobKeys.PlannedOf(plan.Name);
        var stored = await scheduler.GetTrigger(key, stop);
        if (JobKeys.Plan(plan, clock.GetUtcNow()) is not { } planned)
        {
            if (stored is not null) await scheduler.UnscheduleJob(key, stop);
        }
        else if (stored is null)
        {
            await scheduler.ScheduleTrigger(planned, TriggerConflict.Keep, stop); // Another process may be at the same point.
        }
        else if (!JobKeys.Says(stored, planned))
        {
            var paused = await scheduler.GetTriggerState(key, stop) == TriggerState.Paused;
            await scheduler.RescheduleJob(key, planned, stop);
            if (paused) await scheduler.PauseTrigger(key, stop);
        }
    }
}
