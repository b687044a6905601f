using QuantDash.Core.Audit;
using QuantDash.Core.Primitives;
using QuantDash.Web.Jobs;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Jobs;

/// <summary>Run: now, once. Retry: the same, where the latest run failed. Requeue: what runs is stopped first, and begins again.</summary>
public enum JobAction { Run, Retry, Requeue, Pause, Resume, Cancel }

/// <summary>Acts on jobs at somebody's wish, on record.</summary>
public sealed class JobDesk(IJobs jobs, IAuditLog audit, TimeProvider clock)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public async Task<Outcome<JobTicket>> ActAsync(JobId id, JobAction action, CancellationToken stop = default)
    {
        Acting.Demand(Scopes.Admin);
        var done = await DoAsync(id, action, stop);
        if (!done.Succeeded) return done;
        await audit.RecordAsync(new() { At = clock.GetUtcNow(), Actor = Acting.Now, Action = $"job.{Word(action)}", Subject = id.ToString() }, stop);
        return done;
    }

    private Task<Outcome<JobTicket>> DoAsync(JobId id, JobAction action, CancellationToken stop) => action switch
    {
        JobAction.Run => jobs.EnqueueAsync(id, Acting.Now.Name, stop),
        JobAction.Retry => RetryAsync(id, stop),
        JobAction.Requeue => RequeueAsync(id, stop),
        JobAction.Pause => TicketAsync(jobs.PauseAsync(id, Acting.Now.Name, stop)),
        JobAction.Resume => TicketAsync(jobs.ResumeAsync(id, stop)),
        JobAction.Cancel => TicketAsync(jobs.CancelAsync(id, stop)),
    };

    private async Task<Outcome<JobTicket>> RetryAsync(JobId id, CancellationToken stop)
    {
        var latest = await jobs.HistoryAsync(new() { Name = id.Name, WithIdle = true, Take = JobFilter.Most }, stop);
        if (!latest.Succeeded) return Outcome<JobTicket>.Failure(latest.Problems);
        return latest.Value.Runs.FirstOrDefault(run => run.Id == id) is { Outcome: JobOutcome.Failed }
            ? await jobs.EnqueueAsync(id, Acting.Now.Name, stop)
            : Outcome<JobTicket>.Failure("key", "job_not_failed", id);
    }

    private async Task<Outcome<JobTicket>> RequeueAsync(JobId id, CancellationToken stop)
    {
        await jobs.CancelAsync(id, stop); // Where nothing runs there is nothing to stop.
        var since = clock.GetTimestamp();
        while (await RunsAsync(id, stop) && clock.GetElapsedTime(since) < StopPatience) await Task.Delay(Look, clock, stop);
        return await jobs.EnqueueAsync(id, Acting.Now.Name, stop);
    }

    private async Task<bool> RunsAsync(JobId id, CancellationToken stop) =>
        await jobs.LookAsync(stop) is { Succeeded: true } looked && looked.Value.Jobs.Any(job => job.Id == id && job.Run is not null);

    private static async Task<Outcome<JobTicket>> TicketAsync(Task<Outcome<JobId>> work)
    {
        var outcome = await work;
        return outcome.Succeeded ? Outcome<JobTicket>.Success(new(outcome.Value, Joined: false)) : Outcome<JobTicket>.Failure(outcome.Problems);
    }

    private static string Word(JobAction action) => action switch
    {
        JobAction.Run => "asked",
        JobAction.Retry => "retried",
        JobAction.Requeue => "requeued",
        JobAction.Pause => "paused",
        JobAction.Resume => "resumed",
        JobAction.Cancel => "cancelled",
    };
}
