using QuantDash.Web.Api;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Jobs;

/// <param name="Joined">It waited or ran already: this is the same run.</param>
public sealed record JobTicketAnswer(string Key, bool Joined);

/// <param name="Key"><c>name</c> or <c>name:argument</c>.</param>
/// <param name="State">running, retrying, waiting, paused, planned, idle.</param>
/// <param name="Place">trader: only in the process that trades; anywhere: in any on the database.</param>
/// <param name="Missed">What becomes of a planned time at which nobody could run it: skip, run_once.</param>
/// <param name="Retries">How often it is tried again after it failed; pauses double.</param>
/// <param name="NextAt">The next planned time, or of the next attempt.</param>
public sealed record JobAnswer(
    string Key, string State, bool IsPaused, string Place, string Missed, int Retries, DateTimeOffset? NextAt, int Attempt, JobInProgress? Run, JobLastAnswer? Last)
{
    public static JobAnswer Of(JobStanding job) => new(
        job.Id.ToString(), WireNames<JobState>.Of(job.State), job.IsPaused, WireNames<JobPlace>.Of(job.Plan.Place), WireNames<MissedTime>.Of(job.Plan.Missed), job.Plan.Retries, job.NextAt,
        job.Attempt, job.Run, job.Last is { } last ? new(last.At, WireNames<JobOutcome>.Of(last.Outcome), last.Took.TotalSeconds, last.Report?.Key, last.Report?.Values, last.Error, last.Failures) : null);
}

/// <param name="Outcome">succeeded, failed, cancelled, idle (it found nothing to do).</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Failures">How often it has failed in a row.</param>
public sealed record JobLastAnswer(DateTimeOffset At, string Outcome, double Seconds, string? Report, IReadOnlyList<string>? Values, string? Error, int Failures);

/// <param name="Report">What it came to, as a key; its values beside it.</param>
/// <param name="Attempt">0 the first time, n the n-th time it was tried again.</param>
/// <param name="Triggers">Lock triggers it moved.</param>
public sealed record JobRunAnswer(
    string Key, DateTimeOffset At, string Outcome, double Seconds, string? Report, IReadOnlyList<string>? Values, string? Error, string? Trace, int Attempt, bool IsRetried, bool AskedFor, string Server,
    IReadOnlyList<Guid> Triggers)
{
    public static JobRunAnswer Of(PastRun run) => new(
        run.Id.ToString(), run.At, WireNames<JobOutcome>.Of(run.Outcome), run.Took.TotalSeconds, run.Report?.Key, run.Report?.Values, run.Error, run.Trace, run.Attempt, run.IsRetried, run.AskedFor,
        run.Server, run.Triggers);
}
