using System.Globalization;
using QuantDash.Core.Notifications;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Notifications;

/// <summary>Removes messages that were sent, expired or refused long ago; what they told stays on the tape and in the audit log. Needs nothing but the database.</summary>
internal sealed class NotificationRetentionJob(INotificationArchive archive, TimeProvider clock) : IBackgroundJob
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private const int AtOnce = 1000;

    public JobPlan Plan { get; } = new()
    {
        Name = "notification-retention",
        Place = JobPlace.Anywhere,
        Schedule = JobSchedule.DailyAt(new(19, 40)),
        Missed = MissedTime.RunOnce,
        MakeUpWithin = TimeSpan.FromHours(20), // After that the next night is near.
        Retries = 3,
    };

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        var before = clock.GetUtcNow() - Kept;
        var removed = 0;
        while (true)
        {
            var some = await archive.ForgetAsync(before, AtOnce, stop);
            removed += some;
            if (some < AtOnce) break;
            run.Tell(1 - (1d / (1 + (removed / AtOnce))), "removing");
        }

        return removed == 0 ? new("nothing_old") { Idle = true } : new("removed_messages", removed.ToString(CultureInfo.InvariantCulture));
    }
}
