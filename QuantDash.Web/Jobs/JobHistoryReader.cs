using System.Text.Json;
using Quartz;

namespace QuantDash.Web.Jobs;

/// <summary>Reads past runs.</summary>
internal sealed class JobHistoryReader(RunningJobs running, TimeProvider clock)
{
    // What a trigger's runs are looked for in: they stand in the metrics, which the store cannot search.
    private const int MostSearched = 2000;

    public static JobOutcome OutcomeOf(JobRunResult result) => result switch
    {
        JobRunResult.Succeeded => JobOutcome.Succeeded,
        JobRunResult.Failed => JobOutcome.Failed,
        JobRunResult.Cancelled => JobOutcome.Cancelled,
        _ => JobOutcome.Idle,
    };

    public static JobReport? ReportOf(JobRunResult result, string? summary) =>
        result is JobRunResult.Succeeded or JobRunResult.Skipped && summary is { Length: > 0 } ? JobReport.Parse(summary) : null;

    public async Task<JobHistory> ReadAsync(JobFilter filter, CancellationToken stop)
    {
        var query = new ExecutionHistoryQuery
        {
            SchedulerName = running.Scheduler.SchedulerName,
            JobContains = filter.Name,
            FiredFrom = filter.Since,
            FiredBefore = filter.Before,
            Results = ResultsOf(filter),
            Skip = filter.Trigger is null ? filter.Skip : 0,
            Take = filter.Trigger is null ? Math.Clamp(filter.Take, 1, JobFilter.Most) : MostSearched,
        };
        var page = await running.History.QueryExecutions(query, stop);
        var forgotten = clock.GetUtcNow() - JobRetention.IdleRuns; // The store removes them some minutes later.
        var runs = page.Items.Select(RunOf).Where(run => (filter.Name is not { } name || run.Id.Name == name) && (run.Outcome != JobOutcome.Idle || run.At > forgotten));
        return filter.Trigger is not { } trigger ? new([.. runs], page.HasMore) : new([.. runs.Where(run => run.Triggers.Contains(trigger)).Take(filter.Take)], HasMore: false);
    }

    private static IReadOnlyCollection<JobRunResult>? ResultsOf(JobFilter filter) => filter.Outcome switch
    {
        JobOutcome.Succeeded => [JobRunResult.Succeeded],
        JobOutcome.Failed => [JobRunResult.Failed],
        JobOutcome.Cancelled => [JobRunResult.Cancelled],
        JobOutcome.Idle => [JobRunResult.Skipped],
        _ => filter.WithIdle ? null : [JobRunResult.Succeeded, JobRunResult.Failed, JobRunResult.Cancelled],
    };

    private static PastRun RunOf(ExecutionHistoryEntry entry) => new(
        entry.EntryId ?? entry.FireInstanceId ?? "", JobKeys.Of(entry.JobGroup, entry.JobName), entry.FiredAtUtc, entry.Duration, OutcomeOf(entry.EffectiveResult),
        ReportOf(entry.EffectiveResult, entry.Summary), entry.ExceptionMessage, entry.EffectiveResult == JobRunResult.Failed ? entry.Summary : null, entry.RetryAttempt, entry.RetryScheduled, entry.Manual, entry.SchedulerInstanceId, TriggersOf(entry.MetricsJson));

    private static IReadOnlyList<Guid> TriggersOf(string? metrics)
    {
        if (metrics is null || !metrics.Contains(JobShell.Triggers, StringComparison.Ordinal)) return [];
        using var read = JsonDocument.Parse(metrics);
        return read.RootElement.TryGetProperty(JobShell.Triggers, out var ids) && ids.GetString() is { } text
            ? [.. text.Split(' ').Select(id => Guid.ParseExact(id, "N"))]
            : [];
    }
}
