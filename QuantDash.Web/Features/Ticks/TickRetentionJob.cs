using System.Globalization;
using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Markets;
using QuantDash.Web.Configuration;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.Ticks;

/// <summary>Removes days of stored ticks that were recorded or imported longer ago than the setting keeps. In the trader's process, on whose disk they lie.</summary>
internal sealed class TickRetentionJob(ITickArchive archive, IAuditLog audit, IOptions<QuantDashOptions> options, TimeProvider clock) : IBackgroundJob
{
    private const double Megabyte = 1024 * 1024;

    public JobPlan Plan { get; } = new()
    {
        Name = "tick-retention",
        Place = JobPlace.Trader,
        Schedule = options.Value.Ticks.KeepDays > 0 ? JobSchedule.DailyAt(new(19, 20)) : null, // 03:20 where the exchanges are: after the night sessions.
        Missed = MissedTime.RunOnce,
        Retries = 3,
    };

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        if (options.Value.Ticks.KeepDays == 0) return new("ticks_kept") { Idle = true };
        var before = clock.GetUtcNow() - TimeSpan.FromDays(options.Value.Ticks.KeepDays);
        var removed = archive.Forget(before, share => run.Tell(share, "removing"), stop);
        if (removed.Days == 0) return new("nothing_old") { Idle = true };
        var days = removed.Days.ToString(CultureInfo.InvariantCulture);
        await audit.RecordAsync(new() { At = clock.GetUtcNow(), Actor = Actor.Engine, Action = "ticks.removed", Subject = days }, stop);
        return new("removed_ticks", days, (removed.Bytes / Megabyte).ToString("0.0", CultureInfo.InvariantCulture));
    }
}
