using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Journal;

namespace QuantDash.Tests.Recovery.Storage;

/// <summary>RELIABILITY.md A4 and A6: what is called durable was not only written but flushed, before its order goes out. A copy of the files cannot tell: the system gives a reader what it has not put
/// on the disk yet.</summary>
[Trait(Profile.Reliability, "A4")]
[Trait(Profile.Reliability, "A6")]
public sealed class DurableIntentTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Ask = "show synchronous_commit";

    [SqliteCallsFact]
    public async Task A4_EveryCommitOfAFiring_IsFlushedBeforeItIsCalledDurable_AndTheIntentBeforeItsOrderGoesOut()
    {
        await using var scene = await StoredScene.NewAsync();
        using var disk = SqliteCalls.Of(scene.Folder.Path);
        var flushed = new ConcurrentDictionary<ClientOrderId, bool>();
        var commits = 0;
        var watch = new FlushWatch(disk);
        await scene.BeginAsync(connection => connection.CheckpointEvery = 2);
        disk.Arm(int.MaxValue, DiskError.Broken, sticky: false); // Counts, and fails none.
        scene.Connection.Before = _ => watch.Begin();
        scene.Connection.After = (batches, _) =>
        {
            watch.ShouldEndFlushed();
            commits++;
            foreach (var saved in batches.SelectMany(batch => batch.Changes).OfType<JournalChange.OrderSaved>()) flushed[saved.Order.Id] = true;
        };
        scene.HandedOut = commands =>
        {
            foreach (var place in commands.Where(command => command.Action == BridgeAction.Place)) flushed.ShouldContainKey(place.Order.Id, "sent before its intent was flushed");
        };

        scene.Tick(5522);
        (await scene.SettleAsync()).ShouldBeTrue();
        await scene.FinishAsync();

        watch.Trouble.ShouldBeNull();
        commits.ShouldBeGreaterThan(2);
        scene.Counter.Placed.ShouldNotBeEmpty();
        flushed.Keys.ShouldContain(scene.Counter.Placed[0]);
    }

    /// <summary>That the look above sees what it looks for.</summary>
    [SqliteCallsFact]
    public async Task FlushWatch_OnACommitThatIsOnlyWritten_SaysSo()
    {
        await using var scene = await StoredScene.NewAsync();
        using var disk = SqliteCalls.Of(scene.Folder.Path);
        var watch = new FlushWatch(disk);
        await scene.BeginAsync();
        disk.Arm(int.MaxValue, DiskError.Broken, sticky: false);
        scene.Connection.Before = _ => watch.Begin();
        scene.Connection.After = (_, inner) =>
        {
            watch.ShouldEndFlushed();
            ((SqliteJournalConnection)inner).Execute("PRAGMA synchronous = OFF");
        };

        scene.Tick(5522);
        await scene.SettleAsync();
        watch.Trouble.ShouldBeNull("the first is");
        scene.Program.Poll(scene.Now);
        await scene.SettleAsync();
        watch.Trouble.ShouldNotBeNull().ShouldContain("write quantdash.db-wal");
    }

    /// <summary>Whatever somebody set for the role in the database, to make other programs faster.</summary>
    [PostgresFact]
    public async Task A4_OnPostgres_TheJournalsOwnSession_WaitsForTheDisk()
    {
        await using (await StorageRig.PostgresAsync(postgres))
        {
            // The schema is there.
        }

        var name = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Database;
        using var home = new TempFolder();
        var target = StorageTarget.Postgres(postgres.ConnectionString, home.Path);
        await StorageRig.RunAsync(target, $"alter role current_user in database \"{name}\" set synchronous_commit = off");
        try
        {
            var database = new DatabaseView(postgres.ConnectionString);
            (await database.ColumnAsync(Ask)).ShouldBe(["off"], "what another session gets");
            using var journal = new PostgresJournalConnection(target);
            for (var session = 1; session <= 2; session++)
            {
                await database.UntilNobodyTradesAsync();
                journal.Open();
                SettingOf(journal).ShouldBe("on", $"session {session}");
                journal.Close();
            }
        }
        finally
        {
            await StorageRig.RunAsync(target, $"alter role current_user in database \"{name}\" reset synchronous_commit");
        }
    }

    private static string SettingOf(PostgresJournalConnection journal)
    {
        using var context = journal.CreateContext();
        return context.Database.SqlQueryRaw<string>("select current_setting('synchronous_commit') as \"Value\"").Single();
    }
}
