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
    /// <summary>Batches in the database before a backup begins.</summary>
    private const int Before = 25;

    private static readonly DateTimeOffset Start = new(2021, 1, 4, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Every kind of row that trading writes: what is compared with a source that stopped at the backup's instant. Others carry the machine's time, or nobody writes them here.</summary>
    private static readonly string[] Written =
    [
        "sources", "accounts", "account_ledgers", "cash_flow", "lock_configs", "lock_rule_states", "lock_triggers", "lock_executions", "locks", "orders", "held_orders", "trades", "lots",
        "unexplained_volumes", "equity_points", "settlements", "tape_events",
    ];

    [Fact]
    public async Task Backup_WhileTheJournalWrites_RestoresElsewhereEqualToItsInstant()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await FillAsync(storage);

        var made = await MakeWhileWritingAsync(storage);

        await ShouldBeTheSourceOfThenAsync(made);
        using var elsewhere = new TempFolder();
        var target = StorageTarget.Sqlite(elsewhere.File("quantdash.db"), elsewhere.Path);
        (await new BackupRestorer(target, TimeProvider.System).RunAsync(FolderOf(storage.Target, made), CancellationToken.None)).Former.ShouldBeNull();
        await ShouldHoldAsync(target, made);
        await using var again = await StorageRig.SqliteAsync(elsewhere);
        (await again.VerifyAuditAsync()).ShouldSatisfyAllConditions(v => v.IsWhole.ShouldBeTrue(), v => v.Head.ShouldBe(made.Audit));
        (await again.LoadAsync()).Rules.Count.ShouldBe((int)Rows(made, "lock_configs"));
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
            made = await MakeWhileWritingAsync(storage);
            CopyTree(FolderOf(storage.Target, made), kept.Path);
        }

        await ShouldBeTheSourceOfThenAsync(made);
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

    /// <summary>Without them, what is held in such a share would be held in nothing.</summary>
    [Fact]
    public async Task ImportedSharesAndTradingDays_ComeWithIt_AndNewerOnesStay()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await FillAsync(storage);
        var lists = Directory.CreateDirectory(Path.Combine(storage.Target.DataDirectory, "instruments")).FullName;
        await File.WriteAllTextAsync(Path.Combine(lists, "stocks.csv"), "shares");
        await File.WriteAllTextAsync(Path.Combine(lists, "calendar_cn.csv"), "days");
        var made = await MakeWhileWritingAsync(storage);
        using var elsewhere = new TempFolder();
        var there = Directory.CreateDirectory(elsewhere.File("instruments")).FullName;
        await File.WriteAllTextAsync(Path.Combine(there, "stocks.csv"), "shares and more");

        await new BackupRestorer(StorageTarget.Sqlite(elsewhere.File("quantdash.db"), elsewhere.Path), TimeProvider.System).RunAsync(FolderOf(storage.Target, made), CancellationToken.None);

        (await File.ReadAllTextAsync(Path.Combine(there, "calendar_cn.csv"))).ShouldBe("days");
        (await File.ReadAllTextAsync(Path.Combine(there, "stocks.csv"))).ShouldBe("shares and more");
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

    /// <summary>A backup while batch after batch is written; it is of an instant among them.</summary>
    private static async Task<BackupMade> MakeWhileWritingAsync(StorageRig storage)
    {
        using var enough = new CancellationTokenSource();
        var writing = WriteOnAsync(storage, enough.Token);
        var made = await Maker(storage.Target).MakeAsync("by_hand");
        await enough.CancelAsync();
        (await writing).ShouldBeGreaterThan(Before, "the journal went on meanwhile");
        return made;
    }

    /// <summary>A source that was given as many batches as the backup holds, and no more, has the same rows: table by table, by count and by hash.</summary>
    private static async Task ShouldBeTheSourceOfThenAsync(BackupMade made)
    {
        var batches = (int)Rows(made, "tape_events");
        await using var source = await StorageRig.SqliteAsync();
        foreach (var batch in Batches().Take(batches)) await source.WriteAsync(batch);
        var then = await LookAsync(source.Target);
        foreach (var table in Written)
        {
            then.Single(t => t.Table == table).Rows.ShouldBeGreaterThan(0, table);
            made.Tables.Single(t => t.Table == table).ShouldBe(then.Single(t => t.Table == table));
        }

        made.Audit.Number.ShouldBe(Rows(made, "audit_logs"));
        made.Audit.Number.ShouldBe(then.Single(t => t.Table == "audit_logs").Rows, "a change is there with its audit entry, or neither is");
    }

    private static async Task FillAsync(StorageRig storage)
    {
        foreach (var batch in Batches().Take(Before)) await storage.WriteAsync(batch);
    }

    /// <returns>How many batches were written in the end.</returns>
    private static async Task<int> WriteOnAsync(StorageRig storage, CancellationToken enough)
    {
        var written = Before;
        foreach (var batch in Batches().Skip(Before))
        {
            await storage.WriteAsync(batch);
            written++;
            if (enough.IsCancellationRequested) break;
        }

        return written;
    }

    /// <summary>The same in every run, each with one event of the tape: an account, then firing after firing with its rule, trigger, order, trade, lots and lock.</summary>
    private static IEnumerable<JournalChange[]> Batches()
    {
        var some = new StorageSamples(71);
        yield return [new JournalChange.SourceSaved(some.Source()), new JournalChange.AccountSaved(some.NewAccount()), new JournalChange.LedgerSaved(some.Ledger()), new JournalChange.EventAdded(some.Event(1))];
        for (var number = 2; ; number++) yield return Firing(some, number);
    }

    private static JournalChange[] Firing(StorageSamples some, int number)
    {
        var (rule, lot, order) = (some.Rule(), some.Lot(), some.Order());
        var trigger = some.Trigger(rule.Id);
        return
        [
            new JournalChange.RuleSaved(rule),
            new JournalChange.RuleStateSaved(some.State(rule.Id)),
            new JournalChange.TriggerSaved(trigger),
            new JournalChange.OrderSaved(order with { TriggerId = trigger.Id }),
            new JournalChange.FillAdded(some.Fill() with { TradeId = $"T{number}", OrderId = order.Id }, some.Accounting()),
            new JournalChange.ExecutionSaved(some.Execution(trigger.Id)),
            new JournalChange.LotSaved(some.Lot()),
            new JournalChange.LotSaved(lot),
            new JournalChange.LotRemoved(lot.Id),
            new JournalChange.LockSaved(some.Lock() with { TriggerId = trigger.Id }),
            new JournalChange.HeldOrderSaved(some.HeldOrder()),
            new JournalChange.UnexplainedSaved(some.Unexplained()),
            new JournalChange.CashFlowAdded(some.Flow()),
            new JournalChange.LedgerSaved(some.Ledger()),
            new JournalChange.EquityPointAdded(some.Account, Start.AddMinutes(number), some.Funds()),
            new JournalChange.SettlementSaved(new() { AccountId = some.Account, TradingDay = new DateOnly(2021, 1, 4).AddDays(number), SettledAt = some.Time(), Funds = some.Funds() }),
            new JournalChange.EventAdded(some.Event(number)),
        ];
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
