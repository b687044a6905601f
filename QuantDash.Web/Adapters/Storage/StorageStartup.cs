using Microsoft.EntityFrameworkCore;
using QuantDash.Web.Adapters.Storage.Journal;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>Opens storage before anything that needs it and closes it after: the trader's lock, the schema, the writer.</summary>
internal sealed class StorageStartup(StorageTarget target, JournalWriter journal, TimeProvider clock, ILogger<StorageStartup> log) : IHostedService, IDisposable
{
    // How long a killed trader's PostgreSQL session may take to be noticed by its server.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(20);
    private TraderLock? _lock;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _lock = TraderLock.Take(target.DataDirectory);
        await UpgradeAsync(cancellationToken);
        await StartJournalAsync(cancellationToken);
        log.LogInformation("Storage: {Provider} {Where}", target.Provider, target.File ?? "by connection string");
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        journal.Stop(Drain);
        _lock?.Dispose();
        _lock = null;
        return Task.CompletedTask;
    }

    public void Dispose() => _lock?.Dispose();

    /// <summary>Creates or upgrades the schema. A filled SQLite file is copied to backups/ first. Nothing is ever dropped here.</summary>
    public async Task UpgradeAsync(CancellationToken stop)
    {
        await using var context = target.CreateContext();
        if (target.File is { } file) Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var applied = target.File is null || File.Exists(target.File) ? (await context.Database.GetAppliedMigrationsAsync(stop)).ToList() : [];
        var known = context.Database.GetMigrations().ToList();
        if (applied.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } newer)
            throw new InvalidOperationException($"The database was written by a newer QuantDash (it has {newer}). Start that version, or restore a backup.");
        if (known.Count == applied.Count) return;

        if (applied.Count > 0 && target.File is not null)
        {
            var copy = await SqliteBackup.MakeAsync(context, target.DataDirectory, applied[^1], clock, stop);
            log.LogInformation("Storage: copied the database to {Copy} before the upgrade", copy);
        }

        log.LogInformation("Storage: bringing the schema up to {Migration}", known[^1]);
        await context.Database.MigrateAsync(stop);
    }

    private async Task StartJournalAsync(CancellationToken stop)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            try
            {
                journal.Start();
                return;
            }
            catch (TraderRunsAlreadyException) when (clock.GetElapsedTime(since) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), clock, stop);
            }
        }
    }
}
