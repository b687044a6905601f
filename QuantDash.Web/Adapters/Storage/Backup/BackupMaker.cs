using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Web.Adapters.Storage.Audit;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Adapters.Storage.Backup;

/// <summary>Makes a backup: every table as of one instant into an SQLite file, whichever database it comes from, with the audit's witness, the keys that unseal
/// secrets, and the shares and trading days that were imported. It counts as made only when it was read back and everything in it is equal to what was read.</summary>
internal sealed class BackupMaker(StorageTarget target, IOptions<QuantDashOptions> options, TimeProvider clock, ILogger<BackupMaker> log) : IBackups, IDisposable
{
    private const string Unfinished = ".making-";
    private readonly SemaphoreSlim _one = new(1);

    public async Task<BackupMade> MakeAsync(string reason, CancellationToken stop = default)
    {
        if (!IsReason(reason)) throw new ArgumentException($"A reason is 1 to 32 of a-z 0-9 _, was '{reason}'.", nameof(reason));
        await _one.WaitAsync(stop);
        try
        {
            var root = BackupFolder.Create(BackupFolder.Root(target.DataDirectory));
            foreach (var left in Directory.EnumerateDirectories(root, Unfinished + "*")) Directory.Delete(left, recursive: true);
            var at = clock.GetUtcNow();
            var name = string.Create(CultureInfo.InvariantCulture, $"quantdash-{at:yyyyMMdd-HHmmss-fff}-{reason}");
            var folder = BackupFolder.Create(Path.Combine(root, Unfinished + name));
            var made = await FillAsync(folder, new(name, at, reason, AuditHead.None, []), stop);
            Directory.Move(folder, Path.Combine(root, name));
            log.LogInformation("Backup {Name}: {Rows} rows in {Tables} tables, audit head {Head}", name, made.Tables.Sum(t => t.Rows), made.Tables.Count, made.Audit.Number);
            RemoveOldest(root, reason);
            return made;
        }
        finally
        {
            _one.Release();
        }
    }

    public IReadOnlyList<BackupMade> All()
    {
        var root = BackupFolder.Root(target.DataDirectory);
        if (!Directory.Exists(root)) return [];
        return [.. Directory.EnumerateDirectories(root, "quantdash-*").Select(folder => BackupManifest.Read(folder)?.Backup).OfType<BackupMade>().OrderByDescending(backup => backup.At)];
    }

    public void Dispose() => _one.Dispose();

    private static bool IsReason(string reason) => reason is { Length: > 0 and <= 32 } && reason.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private async Task<BackupMade> FillAsync(string folder, BackupMade backup, CancellationToken stop)
    {
        var copy = StorageTarget.Sqlite(Path.Combine(folder, BackupFolder.Database), folder);
        var tables = await CopyAsync(copy, stop);
        var (found, head) = await ReadBackAsync(copy, stop);
        if (tables.Except(found).FirstOrDefault() is { } differs)
            throw new InvalidDataException($"The backup differs from the database in {differs.Table}: {differs.Rows} rows {differs.Hash}, read back {found.First(t => t.Table == differs.Table)}.");

        // In the copy it is one file: nothing of it waits in a log.
        await using (var context = copy.CreateContext()) await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE", stop);
        SqliteConnection.ClearPool(new(copy.ConnectionString));
        CopyWitness(folder, head);
        BackupFolder.CopyFiles(Path.Combine(target.DataDirectory, BackupFolder.Keys), Path.Combine(folder, BackupFolder.Keys));
        BackupFolder.CopyFiles(Path.Combine(target.DataDirectory, BackupFolder.Instruments), Path.Combine(folder, BackupFolder.Instruments));
        var made = backup with { Audit = head, Tables = tables };
        BackupManifest.Of(made, folder).Write(folder);
        return made;
    }

    private async Task<IReadOnlyList<TableCopied>> CopyAsync(StorageTarget copy, CancellationToken stop)
    {
        await using var to = copy.CreateContext();
        await SchemaUpgrade.RunAsync(to, stop);
        await using var from = target.CreateContext();
        return await TableCopy.RunAsync(from, to, stop);
    }

    private static async Task<(IReadOnlyList<TableCopied> Tables, AuditHead Head)> ReadBackAsync(StorageTarget copy, CancellationToken stop)
    {
        await using var context = copy.CreateContext();
        var tables = await TableCopy.LookAsync(context, stop);
        await using var audits = copy.CreateContext();
        var last = await audits.Set<Rows.AuditRow>().AsNoTracking().OrderByDescending(r => r.Number).FirstOrDefaultAsync(stop);
        return (tables, last is null ? AuditHead.None : new(last.Number, last.Hash));
    }

    /// <summary>As far as the copy goes: later entries were noted while it was made.</summary>
    private void CopyWitness(string folder, AuditHead head)
    {
        using var from = new AuditWitness(target.DataDirectory);
        using var to = new AuditWitness(folder);
        to.Note(from.Read().TakeWhile(noted => noted.Number <= head.Number));
    }

    private void RemoveOldest(string root, string reason)
    {
        foreach (var old in All().Where(backup => backup.Reason == reason).Skip(options.Value.Backup.Keep))
            Directory.Delete(Path.Combine(root, old.Name), recursive: true);
    }
}
