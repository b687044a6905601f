using System.Collections.Concurrent;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Journal;

namespace QuantDash.Tests.Recovery;

/// <summary>Storage that fails under the journal: nothing is lost, nothing changes places, and nothing is called durable that is not.</summary>
public sealed class JournalFaultTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task LockedDatabase_WhileBatchesArrive_DelaysThemAndSaysSo()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var some = new StorageSamples(41);
        await using var other = new Microsoft.Data.Sqlite.SqliteConnection(storage.Target.ConnectionString);
        await other.OpenAsync();
        await using (var held = other.BeginTransaction())
        {
            for (var i = 1; i <= 5; i++) storage.Journal.Append(new(i, [new JournalChange.EventAdded(some.Event(i))]));
            await UntilAsync(() => storage.Journal.Health.State == JournalState.Retrying);
            var health = storage.Journal.Health;
            health.CommittedSequence.ShouldBe(0);
            health.Depth.ShouldBe(5);
            health.OldestWaitingSince.ShouldNotBeNull();
            health.LastError.ShouldNotBeNull().ShouldContain("locked");
        }

        await UntilAsync(() => storage.Journal.Health is { State: JournalState.Healthy, CommittedSequence: 5, Depth: 0, LastError: null });
        (await storage.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(5);
    }

    /// <summary>SQLITE_FULL itself, by a limit on the file's pages.</summary>
    [Fact]
    public async Task FullDisk_UntilThereIsRoom_KeepsEveryBatch()
    {
        FullDiskConnection? disk = null;
        await using var storage = await StorageRig.SqliteAsync(connection: target => disk = new(target));
        var some = new StorageSamples(42);
        var big = new string('x', 100_000);
        disk!.IsFull = true;
        for (var i = 1; i <= 20; i++) storage.Journal.Append(new(i, [new JournalChange.EventAdded(some.Event(i) with { Values = [big] })]));
        await UntilAsync(() => storage.Journal.Health.LastError?.Contains("full", StringComparison.Ordinal) == true);
        storage.Journal.Health.CommittedSequence.ShouldBe(0);
        (await storage.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(0);

        disk.IsFull = false;
        await UntilAsync(() => storage.Journal.Health is { State: JournalState.Healthy, CommittedSequence: 20 });
        (await storage.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(20);
    }

    [Fact]
    public async Task FailingCommits_AtRandom_LeaveAPrefixAtEveryMomentAndEverythingAtTheEnd()
    {
        await using var storage = await StorageRig.SqliteAsync(connection: target => new FlakyConnection(target, seed: 7));
        var some = new StorageSamples(43);
        var told = new ConcurrentQueue<long>();
        storage.Journal.Committed += told.Enqueue;
        for (var i = 1; i <= 60; i++)
        {
            storage.Journal.Append(new(i, [new JournalChange.EventAdded(some.Event(i))]));
            if (i % 10 == 0)
                (await storage.ReadAsync<long>("select count(*) - coalesce(max(number), 0) from tape_events")).ShouldBe(0, "a prefix, without gaps");
        }

        await UntilAsync(() => told.LastOrDefault() == 60);
        told.ShouldBe(told.Order());
        (await storage.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(60);
        (await storage.ReadAsync<long>("select count(*) from audit_logs")).ShouldBe(60, "each once, though half of the failed commits had come through");
        (await storage.VerifyAuditAsync()).IsWhole.ShouldBeTrue();
    }

    [PostgresFact]
    public async Task KilledPostgresSession_WhileBatchesArrive_IsReplacedAndLosesNothing()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        var some = new StorageSamples(44);
        await storage.WriteAsync(new JournalChange.EventAdded(some.Event(1)));
        for (var i = 2; i <= 50; i++)
        {
            if (i % 10 == 0) await storage.RunAsync("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())");
            storage.Journal.Append(new(i, [new JournalChange.EventAdded(some.Event(i))]));
        }

        await UntilAsync(() => storage.Journal.Health is { CommittedSequence: 50, State: JournalState.Healthy });
        (await storage.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(50);
        (await storage.ReadAsync<long>("select count(*) from audit_logs")).ShouldBe(50);
        (await storage.VerifyAuditAsync()).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task SecondTrader_OnTheSameDataDirectory_IsRefusedByName()
    {
        using var folder = new TempFolder();
        await using var first = await StorageRig.SqliteAsync(folder);
        (await Should.ThrowAsync<TraderRunsAlreadyException>(() => StorageRig.SqliteAsync(folder))).Message.ShouldContain($"process {Environment.ProcessId}");
    }

    /// <summary>Two installations that name one database: the folders differ, the file does not, whatever link leads to it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SecondTrader_OnTheSameFile_FromAnotherDataDirectory_IsRefusedByName(bool byALink)
    {
        using var folder = new TempFolder();
        using var elsewhere = new TempFolder();
        await using var first = await StorageRig.SqliteAsync(folder);
        if (byALink) Directory.CreateSymbolicLink(elsewhere.File("link"), folder.Path);
        var file = byALink ? Path.Combine(elsewhere.File("link"), "quantdash.db") : folder.File("quantdash.db");

        var refused = await Should.ThrowAsync<TraderRunsAlreadyException>(() => StorageRig.SqliteAsync(StorageTarget.Sqlite(file, elsewhere.Path)));

        refused.Message.ShouldContain($"process {Environment.ProcessId}");
        await using var beside = await StorageRig.SqliteAsync(StorageTarget.Sqlite(elsewhere.File("quantdash.db"), elsewhere.Path));
    }

    [PostgresFact]
    public async Task SecondTrader_OnTheSamePostgresDatabase_IsRefused()
    {
        await using var first = await StorageRig.PostgresAsync(postgres);
        using var second = new PostgresJournalConnection(first.Target);
        Should.Throw<TraderRunsAlreadyException>(second.Open);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition()) await Task.Delay(10, patience.Token);
    }

    private abstract class Wrapping(StorageTarget target) : JournalConnection(target)
    {
        protected SqliteJournalConnection Inner { get; } = new(target);

        public override void Open() => Inner.Open();

        public override void Close() => Inner.Close();

        public override IReadOnlyList<OutsideEdit> Commit(IReadOnlyList<JournalBatch> batches, IReadOnlyList<AuditEntry> audit) => Inner.Commit(batches, audit);

        public override IReadOnlyList<OutsideEdit> TakeOver() => Inner.TakeOver();

        internal override QuantDashContext CreateContext() => Inner.CreateContext();
    }

    private sealed class FullDiskConnection(StorageTarget target) : Wrapping(target)
    {
        public volatile bool IsFull;

        public override IReadOnlyList<OutsideEdit> Commit(IReadOnlyList<JournalBatch> batches, IReadOnlyList<AuditEntry> audit)
        {
            // The present size in pages is the least this can be set to: no page more.
            Inner.Execute(IsFull ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1073741823");
            return Inner.Commit(batches, audit);
        }
    }

    /// <summary>Fails before, or after the commit has been made: then the same batches come twice.</summary>
    private sealed class FlakyConnection(StorageTarget target, int seed) : Wrapping(target)
    {
        private readonly Random _random = new(seed);

        public override IReadOnlyList<OutsideEdit> Commit(IReadOnlyList<JournalBatch> batches, IReadOnlyList<AuditEntry> audit)
        {
            if (_random.Next(3) == 0) throw new IOException("before");
            var edits = Inner.Commit(batches, audit);
            return _random.Next(3) == 0 ? throw new IOException("after") : edits;
        }
    }
}
