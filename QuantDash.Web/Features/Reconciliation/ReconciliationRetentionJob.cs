using System.Globalization;
using QuantDash.Core.Engine;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Reconciliation;

/// <summary>Forgets comparisons that ended long ago; what they told stays on the tape and in the audit log. Needs nothing but the database.</summary>
internal sealed class ReconciliationRetentionJob(IReconciliationHistory history, TimeProvider clock) : IBackgroundJob
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private const int AtOnce = 1000;

    public JobPlan Plan { get; } = new()
    {
        Name = "reconciliation-retention",
        Place = JobPlace.Anywhere,
        Schedule = JobSchedule.DailyAt(new(19, 45)),
        Missed = MissedTime.RunOnce,
        Retries = 3,
    };

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var before = clock.GetUtcNow() - Kept;
        var removed = 0;
        while (true)
        {
            var some = await history.ForgetAsync(before, AtOnce, stop);
            if (some == 0) break;
            removed += some;
            run.Tell(1 - (1d / (1 + (removed / AtOnce))), "removing");
        }

        return removed == 0 ? new("nothing_old") { Idle = true } : new("removed_comparisons", removed.ToString(CultureInfo.InvariantCulture));
    }
}
