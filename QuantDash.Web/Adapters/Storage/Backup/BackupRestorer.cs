using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Web.Adapters.Storage.Audit;

namespace QuantDash.Web.Adapters.Storage.Backup;

/// <summary>Puts a backup in the place of the database, while no QuantDash runs on it. What was there is kept beside it, and nothing is touched before the backup was
/// found undamaged.</summary>
internal sealed class BackupRestorer(StorageTarget target, TimeProvider clock)
{
    /// <summary>What is there afterwards, and where the former database is. Throws <see cref="InvalidDataException"/> on a damaged backup, <see cref="InvalidOperationException"/>
    /// on a PostgreSQL database that holds something already, <see cref="TraderRunsAlreadyException"/> while a trader runs.</summary>
    /// <param name="folder">Of the backup.</param>
    public async Task<(BackupMade Backup, string? Former)> RunAsync(string folder, CancellationToken stop)
    {
        var manifest = BackupManifest.Read(folder) ?? throw new InvalidDataException($"{folder} is no backup: it has no {BackupManifest.FileName} that can be read.");
        if (manifest.Damaged(folder) is { } damaged) throw new InvalidDataException($"{folder} is damaged: {damaged} is not as it was written.");
        using var alone = TraderLock.Take(target.DataDirectory);
        var former = target.File is null ? null : PutAside();
        if (target.File is { } file) File.Copy(Path.Combine(folder, BackupFolder.Database), file);
        else await FillPostgresAsync(folder, stop);
        File.Copy(Path.Combine(folder, AuditWitness.FileName), Path.Combine(target.DataDirectory, AuditWitness.FileName), overwrite: true);
        BackupFolder.CopyFiles(Path.Combine(folder, BackupFolder.Keys), Path.Combine(target.DataDirectory, BackupFolder.Keys));
        return (manifest.Backup, former);
    }

    /// <summary>The database as it is, with its logs and its witness, into a folder of its own.</summary>
    private string? PutAside()
    {
        if (!File.Exists(target.File)) return null;
        SqliteConnection.ClearAllPools();
        var aside = BackupFolder.Create(Path.Combine(BackupFolder.Root(target.DataDirectory), string.Create(CultureInfo.InvariantCulture, $"replaced-{clock.GetUtcNow():yyyyMMdd-HHmmss-fff}")));
        foreach (var path in (string[])[target.File!, target.File + "-wal", target.File + "-shm", Path.Combine(target.DataDirectory, AuditWitness.FileName)])
            if (File.Exists(path)) File.Move(path, Path.Combine(aside, Path.GetFileName(path)));
        return aside;
    }

    /// <summary>By way of a copy brought up to this version's schema: the backup itself is never written.</summary>
    private async Task FillPostgresAsync(string folder, CancellationToken stop)
    {
        await using var to = target.CreateContext();
        if (await to.Database.CanConnectAsync(stop) && (await to.Database.GetAppliedMigrationsAsync(stop)).Any())
            throw new InvalidOperationException("The PostgreSQL database holds a QuantDash already. Make an empty database and name it in ConnectionStrings:QuantDash.");
        var scratch = Directory.CreateTempSubdirectory("quantdash-restore-");
        try
        {
            var copy = StorageTarget.Sqlite(Path.Combine(scratch.FullName, BackupFolder.Database), scratch.FullName);
            File.Copy(Path.Combine(folder, BackupFolder.Database), copy.File!);
            await using var from = copy.CreateContext();
            await from.Database.MigrateAsync(stop);
            await to.Database.MigrateAsync(stop);
            await FillAsync(from, to, stop);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            scratch.Delete(recursive: true);
        }
    }

    private async Task FillAsync(QuantDashContext from, QuantDashContext to, CancellationToken stop)
    {
        var copied = await TableCopy.RunAsync(from, to, stop);
        await using var look = target.CreateContext();
        var found = await TableCopy.LookAsync(look, stop);
        if (copied.Except(found).FirstOrDefault() is { } differs) throw new InvalidDataException($"The restored database differs from the backup in {differs.Table}.");
    }
}
