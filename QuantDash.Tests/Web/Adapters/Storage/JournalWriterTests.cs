using System.Globalization;
using Microsoft.Data.Sqlite;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Orders;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Adapters.Storage.Journal;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class JournalWriterTests
{
    [Fact]
    public async Task Append_ManyBatches_CommitsAllInOrderAndNeverSaysLessThanBefore()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var some = new StorageSamples(1);
        var told = new List<long>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        storage.Journal.Committed += sequence =>
        {
            told.Add(sequence);
            if (sequence == 1000) done.SetResult();
        };
        for (var i = 1; i <= 1000; i++) storage.Journal.Append(new(i, [new JournalChange.EventAdded(some.Event(i))]));

        await done.Task.WaitAsync(TimeSpan.FromSeconds(90));
        told.ShouldBe(told.Order());
        told.Count.ShouldBeLessThan(1000, "what waits together is committed together");
        (await storage.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(1000);
        (await TradingClient.EventuallyAsync(() => Task.FromResult(storage.Journal.Health), health => health.Depth == 0)).ShouldBe(new(JournalState.Healthy, 0, null, 1000, null) { AuditNumber = 1000 });
    }

    [Fact]
    public async Task Committed_WhenTold_IsThereForAnotherConnection()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var some = new StorageSamples(2);
        for (var i = 1; i <= 20; i++)
        {
            await storage.WriteAsync(new JournalChange.EventAdded(some.Event(i)));
            (await storage.ReadAsync<long>("select max(number) from tape_events")).ShouldBe(i);
        }
    }

    [Fact]
    public async Task Account_SavedAgain_KeepsTheFundsOfItsRow()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var some = new StorageSamples(3);
        var account = some.NewAccount();
        await storage.WriteAsync(new JournalChange.AccountSaved(account));
        await storage.WriteAsync(new JournalChange.FundsSaved(some.Funds() with { Equity = 1234.5m, Margin = 10m }, some.Time()));
        await storage.WriteAsync(new JournalChange.AccountSaved(account with { Name = "renamed" }));

        (await storage.ReadAsync<double>("select balance from accounts")).ShouldBe(1234.5);
        (await storage.ReadAsync<string>("select name from accounts")).ShouldBe("renamed");
    }

    [Fact]
    public async Task Account_Halted_IsReadBackHalted_AndResumedWhenItIs()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var account = new StorageSamples(3).NewAccount();
        var halted = account with { Halt = new(new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero), "feed is wrong") };
        await storage.WriteAsync(new JournalChange.AccountSaved(account));
        await storage.WriteAsync(new JournalChange.AccountSaved(halted, account));
        (await storage.LoadAsync()).Accounts.ShouldHaveSingleItem().Halt.ShouldBe(halted.Halt);
        (await storage.ReadAsync<string>("select action from audit_logs order by number desc limit 1")).ShouldBe("account.halted");

        await storage.WriteAsync(new JournalChange.AccountSaved(account, halted));
        (await storage.LoadAsync()).Accounts.ShouldHaveSingleItem().Halt.ShouldBeNull();
    }

    [Fact]
    public async Task Account_Closed_IsReadBackClosed_AndOpenWhenItIsOpenedAgain()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var account = new StorageSamples(3).NewAccount() with { ClosedAt = null };
        var closed = account with { ClosedAt = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero) };
        await storage.WriteAsync(new JournalChange.AccountSaved(account));
        await storage.WriteAsync(new JournalChange.AccountSaved(closed, account));
        (await storage.LoadAsync()).Accounts.ShouldHaveSingleItem().ClosedAt.ShouldBe(closed.ClosedAt);
        (await storage.ReadAsync<string>("select action from audit_logs order by number desc limit 1")).ShouldBe("account.closed");

        await storage.WriteAsync(new JournalChange.AccountSaved(account, closed));
        (await storage.LoadAsync()).Accounts.ShouldHaveSingleItem().IsClosed.ShouldBeFalse();
        (await storage.ReadAsync<string>("select action from audit_logs order by number desc limit 1")).ShouldBe("account.reopened");
    }

    [Fact]
    public async Task Text_ThatNoDatabaseCanHold_IsStoredWithItsBadPartsReplaced()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var order = new StorageSamples(4).Order() with { State = OrderState.Unknown, Reason = "a\0b\uD800c" };
        await storage.WriteAsync(new JournalChange.AccountSaved(new StorageSamples(4).NewAccount()), new JournalChange.OrderSaved(order));
        (await storage.LoadAsync()).Orders.Single().Reason.ShouldBe("a\uFFFDb\uFFFDc");
    }

    [Fact]
    public async Task Stop_WithWritesWaiting_WritesThemFirst()
    {
        using var folder = new TempFolder();
        var some = new StorageSamples(5);
        await using (var storage = await StorageRig.SqliteAsync(folder))
        {
            for (var i = 1; i <= 500; i++) storage.Journal.Append(new(i, [new JournalChange.EventAdded(some.Event(i))]));
        }

        await using var again = await StorageRig.SqliteAsync(folder);
        (await again.LoadAsync()).LastEventNumber.ShouldBe(500);
    }

    [Fact]
    public async Task Append_AfterStop_Throws()
    {
        var storage = await StorageRig.SqliteAsync();
        await storage.DisposeAsync();
        Should.Throw<InvalidOperationException>(() => storage.Journal.Append(new(1, [])));
    }

    [Fact]
    public async Task WriteAsync_ThatFails_ChangesNothingAndTellsItsCaller()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => storage.Journal.WriteAsync<int>(context =>
        {
            context.ApiKeys.Add(new() { Id = Guid.NewGuid(), Name = "k", Prefix = "qd_1", Hash = "h", Scopes = "read", CreatedAt = new StorageSamples(6).Time(), CreatedBy = "me" });
            context.SaveChanges();
            throw new InvalidOperationException("no");
        }));
        (await storage.ReadAsync<long>("select count(*) from api_keys")).ShouldBe(0);
        await storage.WriteAsync(new JournalChange.EventAdded(new StorageSamples(6).Event(1)));
    }

    [Fact]
    public async Task SaveChanges_OfASignInContext_TakesItsTurnWithTheJournal()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var some = new StorageSamples(7);
        var factory = new ContextFactory(storage.Target, storage.Journal);
        var saves = Enumerable.Range(0, 20).Select(async i =>
        {
            await using var context = factory.CreateDbContext();
            context.ApiKeys.Add(new() { Id = some.Id(), Name = "k", Prefix = "qd_1", Hash = $"h{i}", Scopes = "read", CreatedAt = some.Time(), CreatedBy = "me" });
            await context.SaveChangesAsync();
        }).ToList();
        for (var i = 1; i <= 200; i++) storage.Journal.Append(new(i, [new JournalChange.EventAdded(some.Event(i))]));
        await Task.WhenAll(saves);
        await storage.WriteAsync();

        (await storage.ReadAsync<long>("select count(*) from api_keys")).ShouldBe(20);
        storage.Journal.Health.LastError.ShouldBeNull();
    }

    /// <summary>No pause ever comes: what ends the log's growth is the number of rows, not that of commits.</summary>
    [Fact]
    public async Task Log_UnderManyCommitsOfManyRows_StaysShort()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var some = new StorageSamples(8);
        var (number, longest) = (0, 0L);
        for (var commit = 0; commit < 40; commit++)
        {
            await storage.WriteAsync([.. Enumerable.Range(0, 500).Select(_ => new JournalChange.EventAdded(some.Event(++number)))]);
            longest = Math.Max(longest, LogOf(storage));
        }

        longest.ShouldBeLessThan(12 * 1024 * 1024);
        (await storage.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(number);
    }

    [Fact]
    public async Task Log_AfterAnOrderlyStop_IsEmpty_AlsoWhenOthersReadIt()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await storage.WriteAsync(new JournalChange.EventAdded(new StorageSamples(8).Event(1)));
        (await storage.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(1);
        await using var reader = new SqliteConnection(new SqliteConnectionStringBuilder(storage.Target.ConnectionString) { Pooling = false }.ConnectionString);
        await reader.OpenAsync();

        storage.Journal.Stop(TimeSpan.FromMinutes(1)).ShouldBeTrue();

        LogOf(storage).ShouldBe(0);
    }

    /// <summary>An order waits for the commit, not for what copies pages afterwards.</summary>
    [Fact]
    public async Task Rest_ComesAfterTheGroupWasToldDurable()
    {
        var heard = new List<string>();
        await using var storage = await StorageRig.SqliteAsync(connection: target => new HeardConnection(target, heard));
        storage.Journal.Committed += sequence => Hear(heard, $"told {sequence}");
        await storage.WriteAsync();
        await storage.Journal.RecordAsync(new() { At = DateTimeOffset.UnixEpoch, Actor = new(ActorKind.User, "trader"), Action = "sign_in" });
        lock (heard) heard.SkipWhile(one => one != "commit 1..1").Take(3).ShouldBe(["commit 1..1", "told 1", "rest"]);
    }

    /// <summary>After an hour without the database: one commit of it all would run into the driver's time-out, each time again.</summary>
    [Fact]
    public async Task Commit_OfMuchThatWaited_GoesInPartsOfWholeBatches_InOrder()
    {
        var heard = new List<string>();
        HeardConnection? connection = null;
        await using var storage = await StorageRig.SqliteAsync(connection: target => connection = new(target, heard) { IsAway = true });
        var some = new StorageSamples(9);
        var number = 0;
        for (var i = 1; i <= 30; i++) storage.Journal.Append(new(i, [.. Enumerable.Range(0, 400).Select(_ => new JournalChange.EventAdded(some.Event(++number)))]));
        connection!.IsAway = false;
        for (var waited = 0; storage.Journal.Health.CommittedSequence < 30 && waited < 2000; waited++) await Task.Delay(10);

        storage.Journal.Health.CommittedSequence.ShouldBe(30);
        connection.MostChanges.ShouldBeLessThanOrEqualTo(2_500);
        (await storage.ReadAsync<long>("select count(*) from tape_events")).ShouldBe(number);
        (await storage.VerifyAuditAsync()).IsWhole.ShouldBeTrue();
        lock (heard) heard.Where(one => one.StartsWith("commit", StringComparison.Ordinal)).Select(one => int.Parse(one.Split(' ')[1].Split("..")[0], CultureInfo.InvariantCulture)).ShouldBeInOrder();
    }

    private static long LogOf(StorageRig storage) => new FileInfo(storage.Target.File + "-wal") is { Exists: true, Length: var length } ? length : 0;

    private static void Hear(List<string> heard, string what)
    {
        lock (heard) heard.Add(what);
    }

    private sealed class HeardConnection(StorageTarget target, List<string> heard) : JournalConnection(target)
    {
        private readonly SqliteJournalConnection _inner = new(target);

        public volatile bool IsAway;

        public int MostChanges { get; private set; }

        public override void Open() => _inner.Open();

        public override void Close() => _inner.Close();

        public override IReadOnlyList<OutsideEdit> Commit(IReadOnlyList<JournalBatch> batches, IReadOnlyList<AuditEntry> audit)
        {
            if (IsAway) throw new IOException("away");
            MostChanges = Math.Max(MostChanges, batches.Sum(batch => batch.Changes.Count));
            Hear(heard, $"commit {batches[0].Sequence}..{batches[^1].Sequence}");
            return _inner.Commit(batches, audit);
        }

        public override IReadOnlyList<OutsideEdit> TakeOver() => _inner.TakeOver();

        public override void Rest(int fromRows)
        {
            Hear(heard, "rest");
            _inner.Rest(fromRows);
        }

        internal override QuantDashContext CreateContext() => _inner.CreateContext();
    }
}
