using System.Globalization;
using Microsoft.Extensions.Localization;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Jobs;

/// <summary>How a job stands, ready to draw. Rows are told apart by <see cref="Id"/>: two of one job on two arguments have the same name.</summary>
/// <param name="Rules">What happens to missed times and after failures.</param>
/// <param name="Last">How the latest run ended, in words.</param>
public sealed record JobRow(
    JobId Id, string Name, JobState State, string StateText, string Schedule, string Rules, DateTimeOffset? NextAt, RunRow? Run, JobLast? Last, string LastText, bool CanPause, bool IsPaused,
    string? PausedBy, int Attempt)
{
    /// <summary>It failed for good, or is about to be tried again.</summary>
    public bool IsTroubled => State == JobState.Retrying || (Run is null && State != JobState.Waiting && Last?.Outcome == JobOutcome.Failed);

    public static IReadOnlyList<JobRow> List(JobBoard board, IStringLocalizer<JobsText> text) => [.. board.Jobs.Select(job => From(job, text))];

    public static JobRow From(JobStanding job, IStringLocalizer<JobsText> text) => new(
        job.Id, JobWords.Name(job.Id.Name, text), job.State, text["State" + job.State], job.Id.Argument.Length == 0 ? JobWords.Schedule(job.Plan, text) : text["OnRequest"], RulesOf(job.Plan, text),
        job.NextAt, job.Run is { } run ? RunRow.From(job.Id, run, text) : null, job.Last, job.Last is { } last ? text["Outcome" + last.Outcome] : "",
        job.Plan.Schedule is not null && job.Id.Argument.Length == 0, job.IsPaused, job.PausedBy, job.Attempt);

    private static string RulesOf(JobPlan plan, IStringLocalizer<JobsText> text)
    {
        var rules = new List<string>();
        if (plan is { Schedule: not null, Missed: MissedTime.RunOnce, MakeUpWithin: { } within })
            rules.Add(text["MissedRunOnceWithin", within.TotalHours.ToString("0.##", System.Globalization.CultureInfo.CurrentCulture)]);
        else if (plan.Schedule is not null) rules.Add(text["Missed" + plan.Missed]);
        rules.Add(plan.Retries > 0 ? text["Retries", plan.Retries, JobWords.Took(plan.FirstPause)] : text["NoRetries"]);
        return string.Join(" · ", rules);
    }
}

/// <summary>A run under way, ready to draw.</summary>
/// <param name="Percent">Null while it has not said how far it has come.</param>
public sealed record RunRow(JobId Id, string Name, string RunId, DateTimeOffset Since, int? Percent, string Word, string Server, bool IsStopping)
{
    public static RunRow From(JobId id, JobInProgress run, IStringLocalizer<JobsText> text) => new(
        id, JobWords.Name(id.Name, text), run.RunId, run.Since, run.Share is { } share ? (int)Math.Round(share * 100) : null, run.Word is { } word ? JobWords.Word(word, text) : "", run.Server, run.IsStopping);

    public string Width => (Percent ?? 0).ToString(CultureInfo.InvariantCulture);
}
