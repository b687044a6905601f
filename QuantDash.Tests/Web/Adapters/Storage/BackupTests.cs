using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QuantDash.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Audit;
using QuantDash.Web.Adapters.Storage.Backup;
using QuantDash.Web.Configuration;

namespace QuantDash.Tests.Web.Adapters.Storage;

/// <summary>RELIABILITY.md A8: a backup made while trading goes on, restored elsewhere, is what the source was at that instant.</summary>
[Trait(Profile.Reliability, "A8")]
public sealed class BackupTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Backup_WhileTheJournalWrites_RestoresElsewhereEqualToItsInstant()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await FillAsync(storage);
        using var enough = new CancellationTokenSource();
        var writing = WriteOnAsync(storage, enough.Token);

        var made = await Maker(storage.Target).MakeAsync("by_hand");

        await enough.CancelAsync();
        await writing;
        using var elsewhere = new TempFolder();
        var target = StorageTarget.Sqlite(elsewhere.File("quantdash.db"), elsewhere.Path);
        (await new BackupRestorer(target, TimeProvider.System).RunAsync(FolderOf(storage.Target, made), CancellationToken.None)).Former.ShouldBeNull();
        await ShouldHoldAsync(target, made);
        (Rows(made, "tape_events"), Rows(made, "audit_logs")).ShouldBe((made.Audit.Number - 3, made.Audit.Number), "the tables are of one instant: an event is there with its audit entry, or neither is");
        await using var again = await StorageRig.SqliteAsync(elsewhere);
        (await again.VerifyAuditAsync()).ShouldSatisfyAllConditions(v => v.IsWhole.ShouldBeTrue(), v => v.Head.ShouldBe(made.Audit));
        (await again.LoadAsync()).Rules.Count.ShouldBe(1);
    }

    [PostgresFact]
    public async Task Backup_OfPostgres_GoesThroughSqliteIntoAnEmptyPostgresUnchanged()
    {
        BackupMade made;
        using var kept = new TempFolder();
        await using (var storage = await StorageRig.PostgresAsync(postgres))
        {
            await FillAsync(storage);
            await storage.RunAsync("insert into order_reports (account_id, message) values (gen_random_uuid(), '{}'), (gen_random_uuid(), '{}')");
            made = await Maker(storage.Target).MakeAsync("by_hand");
            CopyTree(FolderOf(storage.Target, made), kept.Path);
        }

        using var home = new TempFolder();
        var target = StorageTarget.Postgres(postgres.ConnectionString, home.Path);
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => new BackupRestorer(target, TimeProvider.System).RunAsync(kept.Path, CancellationToken.None));
        refused.Message.ShouldContain("holds a QuantDash already");
        await StorageRig.RunAsync(target, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");

        await new BackupRestorer(target, TimeProvider.System).RunAsync(kept.Path, CancellationToken.None);

        await ShouldHoldAsync(target, made);
        await StorageRig.RunAsync(target, "insert into order_reports (account_id, message) values (gen_random_uuid(), '{}')");

        using var file = new TempFolder();
        var sqlite = StorageTarget.Sqlite(file.File("quantdash.db"), file.Path);
        await new BackupRestorer(sqlite, TimeProvider.System).RunAsync(kept.Path, CancellationToken.None);
        await ShouldHoldAsync(sqlite, made);
    }

    [Fact]
    public async Task Restore_OverAnother_KeepsItAside_AndTouchesNothingWhenTheBackupIsDamagedOrATraderRuns()
    {
        using var folder = new TempFolder();
        BackupMade made;
        string damagedCopy;
        await using (var storage = await StorageRig.SqliteAsync(folder))
        {
            await FillAsync(storage);
            made = await Maker(storage.Target).MakeAsync("by_hand");
            await Should.ThrowAsync<TraderRunsAlreadyException>(() => new BackupRestorer(storage.Target, TimeProvider.System).RunAsync(FolderOf(storage.Target, made), CancellationToken.None));
            using var elsewhere = new TempFolder();
            var sameFile = new BackupRestorer(StorageTarget.Sqlite(storage.Target.File!, elsewhere.Path), TimeProvider.System);
            await Should.ThrowAsync<TraderRunsAlreadyException>(() => sameFile.RunAsync(FolderOf(storage.Target, made), CancellationToken.None));
            await storage.WriteAsync(new JournalChange.EventAdded(new StorageSamples(9).Event(100)));
            damagedCopy = folder.File("damaged");
            CopyTree(FolderOf(storage.Target, made), damagedCopy);
        }

        var target = StorageTarget.Sqlite(folder.File("quantdash.db"), folder.Path);
        await using (var file = File.OpenWrite(Path.Combine(damagedCopy, BackupFolder.Database)))
        {
            file.Seek(5000, SeekOrigin.Begin);
            file.WriteByte(0xAA);
        }

        var restorer = new BackupRestorer(target, TimeProvider.System);
        (await Should.ThrowAsync<InvalidDataException>(() => restorer.RunAsync(damagedCopy, CancellationToken.None))).Message.ShouldContain(BackupFolder.Database);
        (await LookAsync(target)).First(t => t.Table == "tape_events").Rows.ShouldBe(Rows(made, "tape_events") + 1, "untouched");

        var (_, former) = await restorer.RunAsync(FolderOf(target, made), CancellationToken.None);

        await ShouldHoldAsync(target, made);
        (await LookAsync(StorageTarget.Sqlite(Path.Combine(former!, "quantdash.db"), former!))).First(t => t.Table == "tape_events").Rows.ShouldBe(Rows(made, "tape_events") + 1);
    }

    /// <summary>Killed, or out of room: a start afterwards goes on with what was there, or is refused, until a restore is whole. It never begins anew.</summary>
    [Fact]
    public async Task Restore_CutOffAtAnyStep_LeavesTheFormerDatabaseOrWhatAStartRefuses()
    {
        using var folder = new TempFolder();
        var target = StorageTarget.Sqlite(folder.File("quantdash.db"), folder.Path);
        BackupMade made;
        await using (var storage = await StorageRig.SqliteAsync(target))
        {
            await FillAsync(storage);
            made = await Maker(storage.Target).MakeAsync("by_hand");
            await storage.WriteAsync(new JournalChange.EventAdded(new StorageSamples(9).Event(100)));
        }

        var before = await EventsAsync(target);
        string[] kept = ["quantdash.db", AuditWitness.FileName];
        foreach (var name in kept) File.Copy(folder.File(name), folder.File(name + ".kept"));
        var refused = new List<int>();
        for (var at = 1; at <= 6; at++)
        {
            foreach (var left in Directory.GetFiles(folder.Path, "*.restoring")) File.Delete(left);
            foreach (var name in kept) File.Copy(folder.File(name + ".kept"), folder.File(name), overwrite: true);
            await File.WriteAllBytesAsync(target.File + "-wal", []); // As after a kill.
            (await IsCutAsync(target, FolderOf(target, made), at)).ShouldBeTrue();
            try
            {
                (await EventsAsync(target)).ShouldBe(before, $"cut off at step {at}");
            }
            catch (UnusableStorageException error)
            {
                error.Message.ShouldContain("restore");
                refused.Add(at);
            }
        }

        refused.ShouldBe([4, 5, 6], "before its log is moved aside, before the restored one and before its witness are put in place");
        (await IsCutAsync(target, FolderOf(target, made), at: 100)).ShouldBeFalse();
        await ShouldHoldAsync(target, made);
        (await EventsAsync(target)).ShouldBe(before - 1);
        Directory.GetFiles(folder.Path, "*.restoring").ShouldBeEmpty();
    }

    [Fact]
    public async Task Make_MoreThanAreKept_RemovesTheOldestOfTheSameReason()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var maker = Maker(storage.Target, keep: 2);
        await maker.MakeAsync("by_hand");
        for (var i = 0; i < 3; i++) await maker.MakeAsync("daily");
        maker.All().Select(backup => backup.Reason).ShouldBe(["daily", "daily", "by_hand"]);
        await Should.ThrowAsync<ArgumentException>(() => maker.MakeAsync("../up"));
    }

    private static async Task<bool> IsCutAsync(StorageTarget target, string backup, int at)
    {
        var step = 0;
        void Step(string name)
        {
            if (++step == at) throw new OperationCanceledException($"killed before {name}");
        }

        var restorer = new BackupRestorer(target, TimeProvider.System) { Steps = Step };
        try
        {
            await restorer.RunAsync(backup, CancellationToken.None);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static async Task<long> EventsAsync(StorageTarget target)
    {
        await using var storage = await StorageRig.SqliteAsync(target);
        return await storage.ReadAsync<long>("select count(*) from tape_events");
    }

    private static async Task FillAsync(StorageRig storage)
    {
        var some = new StorageSamples(71);
        await storage.WriteAsync(new JournalChange.SourceSaved(some.Source()), new JournalChange.AccountSaved(some.NewAccount()), new JournalChange.LedgerSaved(some.Ledger()));
        var rule = some.Rule();
        await storage.WriteAsync(new JournalChange.RuleSaved(rule), new JournalChange.RuleStateSaved(some.State(rule.Id)), new JournalChange.LotSaved(some.Lot()));
        for (var i = 1; i <= 40; i++) await storage.WriteAsync(new JournalChange.EventAdded(some.Event(i)));
    }

    private static async Task WriteOnAsync(StorageRig storage, CancellationToken enough)
    {
        var some = new StorageSamples(72);
        var number = 40;
        while (!enough.IsCancellationRequested) await storage.WriteAsync(new JournalChange.EventAdded(some.Event(++number)));
    }

    private static async Task ShouldHoldAsync(StorageTarget target, BackupMade made) => (await LookAsync(target)).ShouldBe(made.Tables, ignoreOrder: true);

    private static async Task<IReadOnlyList<TableCopied>> LookAsync(StorageTarget target)
    {
        await using var context = target.CreateContext();
        return await TableCopy.LookAsync(context, CancellationToken.None);
    }

    private static long Rows(BackupMade made, string table) => made.Tables.First(t => t.Table == table).Rows;

    private static string FolderOf(StorageTarget target, BackupMade made) => Path.Combine(target.DataDirectory, "backups", made.Name);

    private static BackupMaker Maker(StorageTarget target, int keep = 14) =>
        new(target, Options.Create(new QuantDashOptions { Backup = new() { Keep = keep } }), TimeProvider.System, NullLogger<BackupMaker>.Instance);

    private static void CopyTree(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
