using Microsoft.EntityFrameworkCore;
using QuantDash.Web.Adapters.Storage.Journal;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>Opens storage before anything that needs it and closes it after: the trader's lock, the schema, the writer.</summary>
internal sealed class StorageStartup(StorageTarget target, TraderLease lease, JournalWriter journal, TimeProvider clock, ILogger<StorageStartup> log) : IHostedService
{
    // How long a killed trader's PostgreSQL session may take to be noticed by its server.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // What is left of the ten seconds of a stop, after requests (HostOptions.ShutdownTimeout) and the trading thread.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(3);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TakeLeaseAsync(cancellationToken);
            await UpgradeAsync(cancellationToken);
            journal.Start();
        }
        catch (Exception error) when (StorageTrouble.Of(error, target) is { } unusable)
        {
#pragma warning disable MA0027 // Another exception, with this one as its cause.
            throw unusable;
#pragma warning restore MA0027 // As above
        }

        log.LogInformation("Storage: {Provider} {Where}", target.Provider, target.File ?? "by connection string");
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (journal.Stop(Drain)) lease.Dispose();
        else lease.KeepUntilTheEnd();
        return Task.CompletedTask;
    }

    /// <summary>Creates or upgrades the schema. A filled SQLite file is copied to backups/ first. Nothing is ever dropped here.</summary>
    public async Task UpgradeAsync(CancellationToken stop)
    {
        StorageTrouble.ShouldNotBeHalfRestored(target);
        await using var context = target.CreateContext();
        if (target.File is { } file) Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var applied = target.File is null || File.Exists(target.File) ? (await context.Database.GetAppliedMigrationsAsync(stop)).ToList() : [];
        var known = context.Database.GetMigrations().ToList();
        if (applied.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } newer)
            throw new UnusableStorageException($"The database was written by a newer QuantDash (it has {newer}). Start that version, or restore a backup.");
        if (applied.Count == 0) StorageTrouble.ShouldNotHaveBeenEmptied(target);
        if (known.Count == applied.Count) return;

        if (applied.Count > 0 && target.File is not null)
        {
            var copy = await SqliteBackup.MakeAsync(context, target.DataDirectory, applied[^1], clock, stop);
            log.LogInformation("Storage: copied the database to {Copy} before the upgrade", copy);
        }

        log.LogInformation("Storage: bringing the schema up to {Migration}", known[^1]);
        await SchemaUpgrade.RunAsync(context, stop);
    }

    /// <summary>Before the schema is touched: an upgrade must not happen under a trader that runs.</summary>
    private async Task TakeLeaseAsync(CancellationToken stop)
    {
        var since = clock.GetTimestamp();
        while (!lease.TryTake())
        {
            if (clock.GetElapsedTime(since) > Patience) throw new TraderRunsAlreadyException($"{lease.Holder?.Name ?? "another program"} trades on this PostgreSQL database");
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, stop);
        }
    }
}
