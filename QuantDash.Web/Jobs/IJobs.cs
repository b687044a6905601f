using QuantDash.Core.Primitives;

namespace QuantDash.Web.Jobs;

/// <summary>All background work: to see it, to ask for it, to stop it. While the jobs' database is away everything here fails with <c>jobs_unavailable</c>.</summary>
public interface IJobs
{
    /// <summary>What is planned, waits and runs now, over all processes of the database.</summary>
    Task<Outcome<JobBoard>> LookAsync(CancellationToken stop = default);

    /// <summary>Past runs, newest first.</summary>
    Task<Outcome<JobHistory>> HistoryAsync(JobFilter filter, CancellationToken stop = default);

    /// <summary>Has it run as soon as possible, once. Asked for again while it waits or runs, it is the same run (<see cref="JobTicket.Joined"/>).</summary>
    Task<Outcome<JobTicket>> EnqueueAsync(JobId id, string askedBy, CancellationToken stop = default);

    /// <summary>Stops the run under way (it ends as soon as it listens), or takes it from the queue.</summary>
    Task<Outcome<JobId>> CancelAsync(JobId id, CancellationToken stop = default);

    /// <summary>Its planned times pass without a run until it is resumed, a restart in between changes nothing. It can still be run by hand.</summary>
    Task<Outcome<JobId>> PauseAsync(JobId id, string askedBy, CancellationToken stop = default);

    Task<Outcome<JobId>> ResumeAsync(JobId id, CancellationToken stop = default);
}

/// <param name="Joined">It waited or ran already.</param>
public sealed record JobTicket(JobId Id, bool Joined);

public enum JobState { Planned, Waiting, Running, Paused, Retrying, Idle }

public enum JobOutcome { Succeeded, Failed, Cancelled, Idle }

/// <summary>Everything about the present, at one moment.</summary>
public sealed record JobBoard(DateTimeOffset At, IReadOnlyList<JobStanding> Jobs, IReadOnlyList<JobServer> Servers);

/// <summary>How one job stands.</summary>
/// <param name="State">The most urgent of what is true of it: running, retrying, waiting, paused, planned; idle without any.</param>
/// <param name="NextAt">The next planned time, or of the next attempt.</param>
/// <param name="Attempt">Which attempt failed last; 0 outside <see cref="JobState.Retrying"/>.</param>
/// <param name="Run">The run under way.</param>
/// <param name="Last">The latest finished one that is remembered.</param>
/// <param name="PausedBy">Who paused it.</param>
public sealed record JobStanding(
    JobId Id, JobPlan Plan, JobState State, bool IsPaused, DateTimeOffset? NextAt, int Attempt, JobInProgress? Run, JobLast? Last, string? PausedBy);

/// <param name="Share">0 to 1; null while it has not said.</param>
/// <param name="Server">The process that runs it.</param>
/// <param name="IsStopping">Somebody has asked it to stop.</param>
public sealed record JobInProgress(string RunId, DateTimeOffset Since, double? Share, string? Word, string Server, bool IsStopping);

/// <param name="Failures">How often it has failed in a row; all attempts at one run count once.</param>
public sealed record JobLast(DateTimeOffset At, JobOutcome Outcome, TimeSpan Took, JobReport? Report, string? Error, int Failures);

public sealed record JobServer(string Name, bool IsAlive, bool IsThis, DateTimeOffset? SeenAt);

/// <summary>Which past runs; null: any. <see cref="Since"/> is inclusive, <see cref="Before"/> exclusive.</summary>
public sealed record JobFilter
{
    public const int Most = 500;

    public string? Name { get; init; }
    public JobOutcome? Outcome { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only runs that moved this lock trigger.</summary>
    public Guid? Trigger { get; init; }

    /// <summary>Runs that found nothing to do too.</summary>
    public bool WithIdle { get; init; }
    public int Skip { get; init; }
    public int Take { get; init; } = 50;
}

public sealed record JobHistory(IReadOnlyList<PastRun> Runs, bool HasMore);

/// <param name="Report">What it came to; null when it failed.</param>
/// <param name="Error">The message of what it threw; null when it did not.</param>
/// <param name="Trace">Where that came from, as far as it is kept.</param>
/// <param name="IsRetried">It was tried again after this.</param>
/// <param name="AskedFor">By somebody, not by its schedule.</param>
public sealed record PastRun(
    string RunId, JobId Id, DateTimeOffset At, TimeSpan Took, JobOutcome Outcome, JobReport? Report, string? Error, string? Trace, int Attempt, bool IsRetried, bool AskedFor, string Server,
    IReadOnlyList<Guid> Triggers);
