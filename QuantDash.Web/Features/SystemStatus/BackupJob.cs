using System.Globalization;
using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Web.Configuration;
using QuantDash.Web.Jobs;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>Makes a backup when the latest by this schedule is old enough, whenever that one was made: a machine that was off makes it up once. In the trader's process,
/// since the tick files, keys and the audit's witness stand on its disk.</summary>
internal sealed class BackupJob(IBackups backups, IAuditLog audit, IOptions<QuantDashOptions> options, TimeProvider clock) : IBackgroundJob
{
    public const string Reason = "daily";

    public JobPlan Plan { get; } = new()
    {
        Name = "backup",
        Place = JobPlace.Trader,
        Schedule = options.Value.Backup.EveryHours > 0 ? JobSchedule.Every(TimeSpan.FromHours(options.Value.Backup.EveryHours)) : null,
        Missed = MissedTime.RunOnce,
        Retries = 5,
        FirstPause = TimeSpan.FromSeconds(30),
    };

    public async Task<JobReport> RunAsync(JobRun run, CancellationToken stop)
    {
        run.Tell(0.05, "copying");
        var made = await backups.MakeAsync(Reason, stop);
        await audit.RecordAsync(new() { At = clock.GetUtcNow(), Actor = Actor.Engine, Action = "backup.made", Subject = made.Name }, stop);
        return new("backup_made", made.Name, made.Tables.Sum(table => table.Rows).ToString(CultureInfo.InvariantCulture));
    }
}
