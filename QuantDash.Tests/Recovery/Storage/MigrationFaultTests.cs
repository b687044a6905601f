using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage;
using Xunit.Abstractions;

namespace QuantDash.Tests.Recovery.Storage;

/// <summary>RELIABILITY.md A7, and A2 mid migration: an upgrade of a database with an order, a rule and a trigger open is cut off, by a disk that fails from its k-th call on or by a server that ends
/// the session, twice in a row; then it is done, and not a row is lost.</summary>
[Trait(Profile.Reliability, "A7")]
[Trait(Profile.Reliability, "A2")]
public sealed class MigrationFaultTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    private const string OldSqlite = "20261121092801_Notifications";
    private const string OldPostgres = "20261121092805_Notifications";
    private const string EndWaiting = "select count(pg_terminate_backend(pid)) from pg_locks where database = (select oid from pg_database where datname = current_database()) and not granted";
    private static readonly string[] Kept = ["accounts", "sources", "lots", "lock_configs", "lock_rule_states", "lock_triggers", "orders", "trades", "tape_events", "account_ledgers"];

    [SqliteCallsFact]
    public async Task A7_UpgradeWithAnOrderOpen_CutOffAtTheKthCallTwice_LosesNoRowAndGoesOn()
    {
        int calls;
        await using (var whole = await OldAsync())
        {
            using var disk = SqliteCalls.Of(whole.Scene.Folder.Path);
            disk.Arm(int.MaxValue, DiskError.Broken, sticky: true);
            await whole.Scene.OpenAsync();
            calls = disk.Calls.Count;
            await ShouldGoOnAsync(whole, "not cut off");
        }

        calls.ShouldBeGreaterThan(100, "that many calls make an upgrade");
        var runs = Profile.Number(3, 60);
        var cutOff = 0;
        for (var run = 0; run < runs; run++) cutOff += await CutOffAsync(1 + (run * calls / runs));
        output.WriteLine($"A7: {runs} starts on an old schema over {calls} calls of the disk, {cutOff} upgrades cut off, 0 rows lost");
        cutOff.ShouldBeGreaterThan(0);
    }

    /// <summary>Back to the version before: the copy that was made before the upgrade is the database of then, row for row.</summary>
    [Fact]
    public async Task A7_CopyBeforeTheUpgrade_InItsPlaceAgain_IsTheDatabaseOfThen()
    {
        await using var old = await OldAsync();
        await ShouldUpgradeAndGoOnAsync(old, "the first time");
        await old.Scene.CrashAsync(keepBackups: true);
        var copy = Directory.EnumerateFiles(old.Scene.Folder.File("backups"), $"*-before-upgrade-from-{OldSqlite}.db").ShouldHaveSingleItem();
        (await CountsAsync(StorageTarget.Sqlite(copy, old.Scene.Folder.Path))).ShouldBe(old.Rows);

        File.Copy(copy, old.Scene.Folder.File("quantdash.db"), overwrite: true);
        File.Delete(old.Scene.Folder.File("quantdash.db-wal"));
        File.Delete(old.Scene.Folder.File("audit.heads"));
        await ShouldUpgradeAndGoOnAsync(old, "the second time");
    }

    [PostgresFact]
    public async Task A7_UpgradeOfPostgres_ItsSessionEndedMidWay_LosesNoRow()
    {
        var some = new StorageSamples(81);
        await using (var storage = await StorageRig.PostgresAsync(postgres))
        {
            var rule = some.Rule() with { Action = LockAction.Lock }; // That schema knows no others but to reduce.
            var trigger = some.Trigger(rule.Id) with { Status = TriggerStatus.Executing, Action = LockAction.Lock };
            await storage.WriteAsync(new JournalChange.AccountSaved(some.NewAccount()), new JournalChange.RuleSaved(rule), new JournalChange.RuleStateSaved(some.State(rule.Id)), new JournalChange.TriggerSaved(trigger));
            await storage.WriteAsync(new JournalChange.LotSaved(some.Lot()), new JournalChange.OrderSaved(some.Order() with { Purpose = OrderPurpose.Lock }), new JournalChange.EventAdded(some.Event(1)));
            await using var context = storage.Target.CreateContext();
            await SchemaUpgrade.RunAsync(context, OldPostgres, CancellationToken.None);
        }

        using var home = new TempFolder();
        var target = StorageTarget.Postgres(postgres.ConnectionString, home.Path);
        var rows = await CountsAsync(target);
        rows["lock_triggers"].ShouldBe(1);
        foreach (var table in (string[])["locks", "accounts"])
        {
            await using var blocker = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false }.ConnectionString);
            await blocker.OpenAsync();
            await using var held = await blocker.BeginTransactionAsync();
            await RunAsync(blocker, $"lock table {table} in access share mode");
            var upgrade = StorageRig.PostgresAsync(postgres, again: true);
            while (!upgrade.IsCompleted && await RunAsync(blocker, $"{EndWaiting} and relation = '{table}'::regclass") == 0) await Task.Delay(10);
            await Should.ThrowAsync<Exception>(() => upgrade, $"ended while it waited for {table}");
            await held.RollbackAsync();
            (await CountsAsync(target)).ShouldBe(rows);
        }

        await using var again = await StorageRig.PostgresAsync(postgres, again: true);
        (await CountsAsync(target)).ShouldBe(rows);
        (await again.LoadAsync()).ShouldSatisfyAllConditions(
            state => state.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Executing), state => state.Rules.Count.ShouldBe(1), state => state.Lots.Count.ShouldBe(1), state => state.Accounts.Count.ShouldBe(1));
    }

    /// <returns>How many of two upgrades were cut off: the last calls of a start are its first commit, which is tried again behind its back.</returns>
    private static async Task<int> CutOffAsync(int k)
    {
        await using var old = await OldAsync();
        var cutOff = 0;
        for (var crash = 0; crash < 2; crash++)
        {
            using var disk = SqliteCalls.Of(old.Scene.Folder.Path);
            disk.Arm(k, DiskError.Broken, sticky: true);
            var start = old.Scene.OpenAsync();
            await Task.WhenAny(start);
            if (start.IsFaulted) cutOff++;
            await old.Scene.CrashAsync();
        }

        await ShouldUpgradeAndGoOnAsync(old, $"cut off at call {k}");
        return cutOff;
    }

    private static async Task ShouldUpgradeAndGoOnAsync(OldDesk old, string because)
    {
        await old.Scene.OpenAsync();
        await ShouldGoOnAsync(old, because);
    }

    private static async Task ShouldGoOnAsync(OldDesk old, string because)
    {
        (await CountsAsync(old.Scene.Rig.Target)).ShouldSatisfyAllConditions(
            now => now.Keys.ShouldBe(old.Rows.Keys, because), now => now.ShouldAllBe(table => table.Value >= old.Rows[table.Key], because));
        (await old.Scene.ReconcileAsync()).ShouldBeTrue();
        await old.Scene.FinishAsync();
        await old.Scene.ShouldHaveLockedOnceAsync(because);
    }

    /// <summary>An order of which four of ten are filled, in the schema of a version of before.</summary>
    private static async Task<OldDesk> OldAsync()
    {
        var scene = await StoredScene.NewAsync();
        await scene.BeginAsync();
        scene.Tick(5522);
        await scene.SettleAsync();
        scene.Program.Poll(scene.Now);
        await scene.SettleAsync();
        scene.Fill(scene.Counter.Placed[0], 4);
        await scene.SettleAsync();
        scene.Forgotten = (await scene.Rig.LoadAsync()).Unexplained;
        await using (var context = scene.Rig.Target.CreateContext())
        {
            await context.Database.OpenConnectionAsync();
            await context.Database.ExecuteSqlRawAsync("PRAGMA legacy_alter_table = 1"); // Not all ways back leave the views alone by themselves.
            await SchemaUpgrade.RunAsync(context, OldSqlite, CancellationToken.None);
        }

        await scene.CrashAsync();
        File.Delete(scene.Folder.File("audit.heads")); // That version had no chain.
        var rows = await CountsAsync(StorageTarget.Sqlite(scene.Folder.File("quantdash.db"), scene.Folder.Path));
        rows["orders"].ShouldBe(1);
        rows["lock_triggers"].ShouldBe(1);
        rows["trades"].ShouldBe(1);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools(); // What was opened before its calls are counted is not counted.
        return new(scene, rows);
    }

    private static async Task<SortedDictionary<string, long>> CountsAsync(StorageTarget target)
    {
        await using var context = target.CreateContext();
        await context.Database.OpenConnectionAsync();
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in Kept) rows[table] = await RunAsync(context.Database.GetDbConnection(), $"select count(*) from {table}");
        return rows;
    }

    private static async Task<long> RunAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }

    private sealed record OldDesk(StoredScene Scene, SortedDictionary<string, long> Rows) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Scene.DisposeAsync();
    }
}
