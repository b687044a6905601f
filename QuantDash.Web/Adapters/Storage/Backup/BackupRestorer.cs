using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using QuantDash.Core.Engine;
using QuantDash.Web.Adapters.Storage.Audit;

namespace QuantDash.Web.Adapters.Storage.Backup;

/// <summary>Puts a backup in the place of the database, while no QuantDash runs on it. What was there is kept beside it, and nothing is touched before the backup was
/// found undamaged and lies beside it whole. Cut off anywhere, it leaves what was there, or what a start refuses.</summary>
internal sealed class BackupRestorer(StorageTarget target, TimeProvider clock)
{
    /// <summary>Told of each step that is about to be taken: a test cuts it off there.</summary>
    internal Action<string> Steps { get; init; } = _ => { };

    /// <summary>What is there afterwards, and where the former database is. Throws <see cref="InvalidDataException"/> on a damaged backup, <see cref="InvalidOperationException"/>
    /// on a PostgreSQL database that holds something already, <see cref="TraderRunsAlreadyException"/> while a trader runs.</summary>
    /// <param name="folder">Of the backup.</param>
    public async Task<(BackupMade Backup, string? Former)> RunAsync(string folder, CancellationToken stop)
    {
        var manifest = BackupManifest.Read(folder) ?? throw new InvalidDataException($"{folder} is no backup: it has no {BackupManifest.FileName} that can be read.");
        if (manifest.Damaged(folder) is { } damaged) throw new InvalidDataException($"{folder} is damaged: {damaged} is not as it was written.");
        using var alone = TraderLock.Take(target);
        var witness = Path.Combine(target.DataDirectory, AuditWitness.FileName);
        if (target.File is null) await FillPostgresAsync(folder, stop);
        Bring(folder, witness);
        BackupFolder.CopyFiles(Path.Combine(folder, BackupFolder.Keys), Path.Combine(target.DataDirectory, BackupFolder.Keys));
        // Lists only ever grow: those that are here already know at least as much.
        BackupFolder.CopyMissingFiles(Path.Combine(folder, BackupFolder.Instruments), Path.Combine(target.DataDirectory, BackupFolder.Instruments));
        var former = target.File is { } file ? Replace(file, witness) : null;
        Step("witness");
        File.Move(Arriving(witness), witness, overwrite: true);
        return (manifest.Backup, former);
    }

    /// <summary>A restore that was cut off between taking the former database away and being done; null: none was.</summary>
    /// <remarks>The database comes first and is put in its place first, so the witness's copy without the database's is the last step that is missing.</remarks>
    public static bool WasCutOff(StorageTarget target)
    {
        if (target.File is not { } file) return false;
        var (database, witness) = (File.Exists(Arriving(file)), File.Exists(Arriving(Path.Combine(target.DataDirectory, AuditWitness.FileName))));
        return (database && !File.Exists(file)) || (witness && !database);
    }

    private static string Arriving(string path) => path + ".restoring";

    /// <summary>Copies of what is restored, on the disk, beside what they will replace: whatever can fail for want of room fails here, where nothing is changed yet.</summary>
    private void Bring(string folder, string witness)
    {
        try
        {
            File.Delete(Arriving(witness)); // Of one that was cut off: it would say that this one nearly is done.
            Step("database's copy");
            if (target.File is { } file) Copy(Path.Combine(folder, BackupFolder.Database), Arriving(file));
            Step("witness's copy");
            Copy(Path.Combine(folder, AuditWitness.FileName), Arriving(witness));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(Arriving(witness));
            if (target.File is { } file) File.Delete(Arriving(file));
            throw;
        }
    }

    private static void Copy(string from, string to)
    {
        using var source = File.OpenRead(from);
        using var copy = new FileStream(to, FileMode.Create, FileAccess.Write);
        source.CopyTo(copy);
        copy.Flush(flushToDisk: true);
    }

    /// <summary>The former database, with its logs and a copy of its witness, into a folder of its own, and the restored one into its place. The witness itself stays: with it, a place without
    /// a database is no first start.</summary>
    private string? Replace(string file, string witness)
    {
        SqliteConnection.ClearAllPools();
        // Each by itself: a log that outlived its database would be replayed into the restored one.
        var former = ((string[])[file, file + "-wal", file + "-shm"]).Where(File.Exists).ToList();
        var aside = former.Count == 0 && !File.Exists(witness) ? null : BackupFolder.Create(Path.Combine(BackupFolder.Root(target.DataDirectory), string.Create(CultureInfo.InvariantCulture, $"replaced-{clock.GetUtcNow():yyyyMMdd-HHmmss-fff}")));
        if (File.Exists(witness)) File.Copy(witness, Path.Combine(aside!, AuditWitness.FileName));
        foreach (var path in former)
        {
            Step(Path.GetFileName(path));
            File.Move(path, Path.Combine(aside!, Path.GetFileName(path)));
        }

        Step("database");
        File.Move(Arriving(file), file);
        return aside;
    }

    private void Step(string name) => Steps(name);

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
            await SchemaUpgrade.RunAsync(from, stop);
            await SchemaUpgrade.RunAsync(to, stop);
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
