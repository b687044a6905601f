using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Web.Configuration;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>Makes a backup when the latest by this schedule is old enough, whenever that one was made: a machine that was off makes it up once.</summary>
internal sealed class BackupSchedule(IBackups backups, IAuditLog audit, IOptions<QuantDashOptions> options, TimeProvider clock)
    : ISupervisedLoop
{
    public const string Reason = "daily";
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    public string ServiceName => "backup";

    public bool IsNeeded => options.Value.Backup.EveryHours > 0;

    public async Task RunAsync(LoopPulse pulse, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            pulse.Beat();
            await MakeIfDueAsync(stop);
        }
    }

    private async Task MakeIfDueAsync(CancellationToken stop)
    {
        var last = backups.All().FirstOrDefault(backup => backup.Reason == Reason)?.At;
        if (clock.GetUtcNow() - last < TimeSpan.FromHours(options.Value.Backup.EveryHours)) return;
        var made = await backups.MakeAsync(Reason, stop);
        await audit.RecordAsync(new() { At = clock.GetUtcNow(), Actor = Actor.Engine, Action = "backup.made", Subject = made.Name }, stop);
    }
}
