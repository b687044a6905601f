using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class NotificationOutboxTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Outbox_OnSqlite_SurvivesARestart_WithItsIdsAndAttempts()
    {
        using var folder = new TempFolder();
        await SurvivesAsync(() => StorageRig.SqliteAsync(folder), () => StorageRig.SqliteAsync(folder));
    }

    [PostgresFact]
    public Task Outbox_OnPostgres_SurvivesARestart_WithItsIdsAndAttempts() =>
        SurvivesAsync(() => StorageRig.PostgresAsync(postgres), () => StorageRig.PostgresAsync(postgres, again: true));

    [Fact]
    public async Task Event_ThatIsNotAnnounced_IsNotQueued()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await storage.WriteAsync(Added(1, "rule.created", TapeSeverity.Info), Added(2, "something.new", TapeSeverity.Danger), Added(3, "something.new", TapeSeverity.Warning));
        (await Outbox(storage).WaitingAsync(10)).Select(q => q.Event.Number).ShouldBe([2]);
    }

    [Fact]
    public async Task Event_WrittenTwice_IsQueuedOnce_AndStaysSent()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await storage.WriteAsync(Added(1, "lock.fired"));
        await Outbox(storage).RecordAsync(1, NotificationState.Sent, Now, null);
        await storage.WriteAsync(Added(1, "lock.fired"));
        (await Outbox(storage).CountWaitingAsync()).ShouldBe(0);
        (await storage.ReadAsync<long>("select count(*) from notifications")).ShouldBe(1);
    }

    [Fact]
    public async Task Expired_AreOnlyTheOldOnes()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await storage.WriteAsync(Added(1, "lock.fired"), Added(2, "lock.fired"));
        await storage.RunAsync("update notifications set queued_at = '2026-01-01T00:00:00.0000000Z' where number = 1");
        (await Outbox(storage).ExpireAsync(Now, "not sent in time")).ShouldBe(1);
        (await Outbox(storage).WaitingAsync(10)).ShouldHaveSingleItem().Event.Number.ShouldBe(2);
        (await storage.ReadAsync<string>("select state || ' ' || last_error from notifications where number = 1")).ShouldBe("expired not sent in time");
    }

    [Fact]
    public async Task Forgotten_OnSqlite_AreOldMessagesThatAreOver()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await ForgotAsync(storage);
    }

    [PostgresFact]
    public async Task Forgotten_OnPostgres_AreOldMessagesThatAreOver()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await ForgotAsync(storage);
    }

    [Fact]
    public async Task Link_OnSqlite_IsClaimedOnce()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await ClaimedOnceAsync(storage);
    }

    [PostgresFact]
    public async Task Link_OnPostgres_IsClaimedOnce()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await ClaimedOnceAsync(storage);
    }

    private static async Task ForgotAsync(StorageRig storage)
    {
        await storage.WriteAsync([.. Enumerable.Range(1, 5).Select(number => Added(number, "lock.fired"))]);
        foreach (var number in (int[])[1, 2, 3, 5]) await Outbox(storage).RecordAsync(number, NotificationState.Sent, Now, null);
        await storage.RunAsync("update notifications set queued_at = '2026-01-01T00:00:00.0000000Z' where number < 5");
        var archive = new NotificationArchive(storage.Target, storage.Journal, new ContextFactory(storage.Target, storage.Journal));

        (await archive.ForgetAsync(Now, most: 2)).ShouldBe(2);
        (await archive.ForgetAsync(Now, most: 2)).ShouldBe(1);
        (await archive.ForgetAsync(Now, most: 2)).ShouldBe(0);

        (await storage.ReadAsync<long>("select count(*) * 100 + max(number) - min(number) from notifications")).ShouldBe(201, "the one that waits, and the new one");
    }

    private static async Task SurvivesAsync(Func<Task<StorageRig>> open, Func<Task<StorageRig>> again)
    {
        IReadOnlyList<QueuedNotification> before;
        await using (var storage = await open())
        {
            await storage.WriteAsync(Added(1, "lock.fired"), Added(2, "lock.executed"), Added(3, "lock.failed"));
            var outbox = Outbox(storage);
            await outbox.RecordAsync(1, NotificationState.Sent, Now, null);
            await outbox.RecordAsync(2, NotificationState.Waiting, Now, new string('x', 600));
            before = await outbox.WaitingAsync(10);
            before.Select(q => q.Id).Distinct().Count().ShouldBe(2);
            before[0].Id.ShouldNotBe(Guid.Empty);
        }

        await using var reopened = await again();
        var after = await Outbox(reopened).WaitingAsync(10);
        after.Select(q => (q.Id, q.Event.Number, q.Event.Key, q.Attempts, q.QueuedAt)).ShouldBe(before.Select(q => (q.Id, q.Event.Number, q.Event.Key, q.Attempts, q.QueuedAt)));
        after.Select(q => q.Attempts).ShouldBe([1, 0]);
        (await Outbox(reopened).CountWaitingAsync()).ShouldBe(2);
    }

    private static async Task ClaimedOnceAsync(StorageRig storage)
    {
        var links = new ConfirmLinks(storage.Journal, new ContextFactory(storage.Target, storage.Journal));
        var link = new ConfirmLink(new string('a', 64), Guid.NewGuid(), new Price(2801.5m), Now.AddMinutes(10));
        await links.AddAsync(link);
        (await links.FindAsync(link.TokenHash)).ShouldBe(link);
        (await links.FindAsync(new string('b', 64))).ShouldBeNull();

        (await links.ClaimAsync(link.TokenHash, Now.AddMinutes(10))).ShouldBeFalse("it has ended");
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => links.ClaimAsync(link.TokenHash, Now)));
        claims.Count(c => c).ShouldBe(1);
        (await links.FindAsync(link.TokenHash))!.UsedAt.ShouldBe(Now);
        await links.ReleaseAsync(link.TokenHash);
        (await links.ClaimAsync(link.TokenHash, Now)).ShouldBeTrue("it was given back");
    }

    private static NotificationOutbox Outbox(StorageRig storage) => new(storage.Journal, new ContextFactory(storage.Target, storage.Journal));

    private static JournalChange Added(long number, string key, TapeSeverity severity = TapeSeverity.Warning) => new JournalChange.EventAdded(new()
    {
        Number = number, At = Now, Severity = severity, Key = key, Values = ["long", "1"], Symbol = Symbol.ParseCanonical("SHFE.rb2510"),
    });
}
