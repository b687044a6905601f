using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>Makes a backup when the latest by this schedule is old enough, whenever that one was made: a machine that was off makes it up once.</summary>
internal sealed class BackupSchedule(IBackups backups, IServiceStatusBoard board, IAuditLog audit, IOptions<QuantDashOptions> options, TimeProvider clock, ILogger<BackupSchedule> log)
    : BackgroundService
{
    public const string Reason = "daily";
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Backup.EveryHours == 0) return;
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await MakeIfDueAsync(stoppingToken);
    }

    private async Task MakeIfDueAsync(CancellationToken stop)
    {
        try
        {
            var last = backups.All().FirstOrDefault(backup => backup.Reason == Reason)?.At;
            if (clock.GetUtcNow() - last < TimeSpan.FromHours(options.Value.Backup.EveryHours)) return;
            var made = await backups.MakeAsync(Reason, stop);
            await audit.RecordAsync(new() { At = clock.GetUtcNow(), Actor = Actor.Engine, Action = "backup.made", Subject = made.Name }, stop);
            await board.SaveAsync(new ServiceStatus("backup", "running", clock.GetUtcNow()), stop);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "The scheduled backup failed; it is tried again in a minute");
            await TellAsync(error, stop);
        }
    }

    private async Task TellAsync(Exception error, CancellationToken stop)
    {
        try
        {
            await board.SaveAsync(new ServiceStatus("backup", "failed", clock.GetUtcNow(), error.Message), stop);
        }
        catch (Exception unsaid) when (unsaid is not OperationCanceledException)
        {
            log.LogDebug(unsaid, "The database is away; the journal says so itself");
        }
    }
}
