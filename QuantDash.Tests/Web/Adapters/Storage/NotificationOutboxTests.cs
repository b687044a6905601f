using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class NotificationOutboxTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly Guid One = new("11111111-0000-4000-8000-000000000001");
    private static readonly Guid Two = new("22222222-0000-4000-8000-000000000002");
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
        (await DueAsync(storage)).Select(q => q.Event.Number).ShouldBe([2]);
    }

    [Fact]
    public async Task Event_WrittenTwice_IsQueuedOnce_AndStaysSent()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await storage.WriteAsync(Added(1, "lock.fired"));
        (await DueAsync(storage)).Count.ShouldBe(1);
        await Outbox(storage).RecordAsync(One, [1], DeliveryState.Sent, Now, null);
        await storage.WriteAsync(Added(1, "lock.fired"));
        (await DueAsync(storage)).ShouldBeEmpty();
        (await storage.ReadAsync<long>("select count(*) from notifications")).ShouldBe(1);
    }

    [Fact]
    public async Task Expired_AreOnlyTheOldOnes_ThoseWithoutAChannelToo()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await storage.WriteAsync(Added(1, "lock.fired"), Added(2, "lock.fired"));
        await storage.RunAsync("update notifications set queued_at = '2026-01-01T00:00:00.0000000Z' where number = 1");
        await DueAsync(storage);
        await storage.WriteAsync(Added(3, "lock.fired"));
        await storage.RunAsync("update notifications set queued_at = '2026-01-01T00:00:00.0000000Z' where number = 3");
        (await Outbox(storage).ExpireAsync(Now, "not sent in time")).ShouldBe(2);
        (await DueAsync(storage)).ShouldHaveSingleItem().Event.Number.ShouldBe(2);
        (await storage.ReadAsync<string>("select group_concat(number || ' ' || state || ' ' || coalesce(last_error, '-'), ', ') from notifications"))
            .ShouldBe("1 expired not sent in time, 2 waiting -, 3 expired not sent in time");
    }

    [Fact]
    public async Task Deliveries_OnSqlite_AreTrackedByChannel()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await TrackedAsync(storage);
    }

    [PostgresFact]
    public async Task Deliveries_OnPostgres_AreTrackedByChannel()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await TrackedAsync(storage);
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

    /// <summary>One is down, the other takes all: neither knows of the other's attempts, and the message is over when both are.</summary>
    private static async Task TrackedAsync(StorageRig storage)
    {
        var outbox = Outbox(storage);
        await storage.WriteAsync(Added(1, "lock.fired"), Added(2, "lock.executed"), Added(3, "lock.failed"));
        var now = TimeProvider.System.GetUtcNow().AddSeconds(5);
        (await outbox.PlanAsync([One, Two])).ShouldBe(3);
        (await outbox.PlanAsync([One, Two])).ShouldBe(0, "each once");

        await outbox.RecordAsync(One, [1], DeliveryState.Waiting, now, "HTTP 500");
        await outbox.RecordAsync(Two, [1], DeliveryState.Sent, now, null);
        await outbox.RecordAsync(Two, [2, 3], DeliveryState.Sent, now, null);
        (await outbox.DueAsync(Two, now, 10)).ShouldBeEmpty();
        (await outbox.DueAsync(One, now, 10)).Select(q => (q.Event.Number, q.Attempts)).ShouldBe([(1L, 1), (2, 0), (3, 0)]);
        (await StateAsync(storage, 1)).ShouldBe("waiting HTTP 500");

        await outbox.HoldAsync(One, [2], now.AddHours(1));
        (await outbox.DueAsync(One, now, 10)).Select(q => q.Event.Number).ShouldBe([1L, 3]);
        var queue = (await outbox.QueuesAsync()).ShouldHaveSingleItem();
        (queue.Channel, queue.Count, queue.NextDueAt < now).ShouldBe((One, 3, true));
        await outbox.ReleaseAsync(now);
        (await outbox.DueAsync(One, now, 10)).Count.ShouldBe(3);

        await outbox.RecordAsync(One, [1], DeliveryState.Refused, now, "HTTP 400");
        (await StateAsync(storage, 1)).ShouldBe("sent -", "it was, over the other");
        await outbox.RecordAsync(One, [2], DeliveryState.Off, now, "switched off");
        await outbox.DropAsync(One, "its channel was removed");
        (await StateAsync(storage, 3)).ShouldBe("sent -");
        (await outbox.QueuesAsync()).ShouldBeEmpty();
        (await storage.ReadAsync<long>("select count(*) from notifications where state = 'sent'")).ShouldBe(3);
    }

    private static Task<string> StateAsync(StorageRig storage, long number) =>
        storage.ReadAsync<string>(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"select state || ' ' || coalesce(last_error, '-') from notifications where number = {number}"));

    private static async Task<IReadOnlyList<QueuedNotification>> DueAsync(StorageRig storage)
    {
        await Outbox(storage).PlanAsync([One]);
        return await Outbox(storage).DueAsync(One, TimeProvider.System.GetUtcNow().AddSeconds(5), 10);
    }

    private static async Task ForgotAsync(StorageRig storage)
    {
        await storage.WriteAsync([.. Enumerable.Range(1, 5).Select(number => Added(number, "lock.fired"))]);
        await DueAsync(storage);
        await Outbox(storage).RecordAsync(One, [1, 2, 3, 5], DeliveryState.Sent, Now, null);
        await storage.RunAsync("update notifications set queued_at = '2026-01-01T00:00:00.0000000Z' where number < 5");
        var archive = new NotificationArchive(storage.Target, storage.Journal, new ContextFactory(storage.Target, storage.Journal));

        (await archive.ForgetAsync(Now, most: 2)).ShouldBe(2);
        (await archive.ForgetAsync(Now, most: 2)).ShouldBe(1);
        (await archive.ForgetAsync(Now, most: 2)).ShouldBe(0);

        (await storage.ReadAsync<long>("select count(*) * 100 + max(number) - min(number) from notifications")).ShouldBe(201, "the one that waits, and the new one");
        (await storage.ReadAsync<long>("select count(*) * 100 + max(number) - min(number) from notification_deliveries")).ShouldBe(201);
    }

    private static async Task SurvivesAsync(Func<Task<StorageRig>> open, Func<Task<StorageRig>> again)
    {
        IReadOnlyList<QueuedNotification> before;
        await using (var storage = await open())
        {
            await storage.WriteAsync(Added(1, "lock.fired"), Added(2, "lock.executed"), Added(3, "lock.failed"));
            var outbox = Outbox(storage);
            await DueAsync(storage);
            await outbox.RecordAsync(One, [1], DeliveryState.Sent, Now, null);
            await outbox.RecordAsync(One, [2], DeliveryState.Waiting, Now, new string('x', 600));
            before = await DueAsync(storage);
            before.Select(q => q.Id).Distinct().Count().ShouldBe(2);
            before[0].Id.ShouldNotBe(Guid.Empty);
        }

        await using var reopened = await again();
        var after = await DueAsync(reopened);
        after.Select(q => (q.Id, q.Event.Number, q.Event.Key, q.Attempts, q.QueuedAt)).ShouldBe(before.Select(q => (q.Id, q.Event.Number, q.Event.Key, q.Attempts, q.QueuedAt)));
        after.Select(q => q.Attempts).ShouldBe([1, 0]);
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
