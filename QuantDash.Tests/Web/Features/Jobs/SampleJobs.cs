using QuantDash.Core.Primitives;
using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Web.Features.Jobs;

/// <summary>Two runs of one job, one that failed, one that is planned; and what was asked of them.</summary>
internal sealed class SampleJobs(DateTimeOffset now) : IJobs
{
    public static readonly Guid Trigger = new("99999999-2222-4333-8444-555555555555");
    private static readonly JobPlan Heavy = new() { Name = "heavy", Place = JobPlace.Anywhere };
    private static readonly JobPlan Backup = new()
    {
        Name = "backup", Place = JobPlace.Trader, Schedule = JobSchedule.Every(TimeSpan.FromHours(24)), Missed = MissedTime.RunOnce, Retries = 5, FirstPause = TimeSpan.FromSeconds(30),
    };

    private static readonly JobPlan Verify = new() { Name = "audit-verify", Place = JobPlace.Trader, Schedule = JobSchedule.DailyAt(new(19, 10)) };

    public List<string> Asked { get; } = [];

    public JobFilter Filter { get; private set; } = new();

    public bool IsAway { get; set; }

    public Task<Outcome<JobBoard>> LookAsync(CancellationToken stop = default) => Task.FromResult(IsAway
        ? Outcome<JobBoard>.Failure("", "jobs_unavailable", "no route")
        : Outcome<JobBoard>.Success(new(
            now,
            [
                new(new("audit-verify"), Verify, JobState.Planned, false, now.AddHours(3), 0, null, new(now.AddHours(-2), JobOutcome.Failed, TimeSpan.FromSeconds(2), null, Why, 1), null),
                new(new("backup"), Backup, JobState.Planned, false, now.AddHours(9), 0, null, null, null),
                new(new("heavy", "1"), Heavy, JobState.Running, false, null, 0, new("r1", now.AddSeconds(-80), 0.42, "copying", "one", false), null, null),
                new(new("heavy", "2"), Heavy, JobState.Running, false, null, 0, new("r2", now.AddSeconds(-5), null, null, "two", false), null, null),
            ],
            [new("one", true, true, now), new("two", true, false, now)])));

    public Task<Outcome<JobHistory>> HistoryAsync(JobFilter filter, CancellationToken stop = default)
    {
        Filter = filter;
        return Task.FromResult(Outcome<JobHistory>.Success(new(
            [
                new("h2", new("audit-verify"), now.AddHours(-2), TimeSpan.FromSeconds(2), JobOutcome.Failed, null, Why, "System.IO.InvalidDataException at …", 0, false, false, "one", []),
                new("h1", new("lock-execution"), now.AddHours(-3), TimeSpan.FromMilliseconds(12), JobOutcome.Succeeded, new("drained", "2"), null, null, 0, false, true, "one", [Trigger]),
            ],
            HasMore: false)));
    }

    public Task<Outcome<JobTicket>> EnqueueAsync(JobId id, string askedBy, CancellationToken stop = default)
    {
        Asked.Add($"run {id}");
        return Task.FromResult(Outcome<JobTicket>.Success(new(id, Joined: false)));
    }

    public Task<Outcome<JobId>> CancelAsync(JobId id, CancellationToken stop = default) => Done("cancel", id);

    public Task<Outcome<JobId>> PauseAsync(JobId id, string askedBy, CancellationToken stop = default) => Done("pause", id);

    public Task<Outcome<JobId>> ResumeAsync(JobId id, CancellationToken stop = default) => Done("resume", id);

    private const string Why = "The audit chain does not hold: missing at entry 7.";

    private Task<Outcome<JobId>> Done(string what, JobId id)
    {
        Asked.Add($"{what} {id}");
        return Task.FromResult(Outcome<JobId>.Success(id));
    }
}
