using Quartz;

namespace QuantDash.Web.Jobs;

/// <summary>How long past runs are remembered. A job that runs often cannot push failures out: those do not count towards what is kept of one job.</summary>
internal static class JobRetention
{
    public static readonly TimeSpan Runs = TimeSpan.FromDays(30);

    /// <summary>Runs that found nothing to do.</summary>
    public static readonly TimeSpan IdleRuns = TimeSpan.FromHours(1);
    public const int PerJob = 500;
    public const int AllTogether = 10_000;

    public static void Apply(ExecutionHistoryOptions options)
    {
        options.Retention = Runs;
        options.RetentionByResult[JobRunResult.Skipped] = IdleRuns;
        options.MaxEntriesPerJob = PerJob;
        options.MaxEntriesPerScheduler = AllTogether;
    }
}
