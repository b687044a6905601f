using System.Text;
using Microsoft.AspNetCore.DataProtection;
using QuantDash.Core.Notifications;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage;

namespace QuantDash.Tests.Web.Adapters.Storage;

public sealed class NotificationChannelsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Channels_OnSqlite_AreKeptWithTheirSecretsSealed()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await KeptAsync(storage);
        await storage.Journal.WriteAsync(context => context.Database.GetType()); // Whatever waits is in the file after this.
        foreach (var file in Directory.EnumerateFiles(storage.Folder, "quantdash.db*").Where(f => !f.EndsWith(".trader", StringComparison.Ordinal)))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var read = new StreamReader(open, Encoding.Latin1);
            (await read.ReadToEndAsync()).ShouldNotContain("very-secret");
        }
    }

    [PostgresFact]
    public async Task Channels_OnPostgres_AreKeptWithTheirSecretsSealed()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await KeptAsync(storage);
    }

    [Fact]
    public async Task Secrets_WhoseKeysAreGone_AreEnteredAgain_AndTheRestIsThere()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await Store(storage).SaveAsync(Channel());
        var found = (await Store(storage).ListAsync()).ShouldHaveSingleItem();
        (found.IsReadable, found.Name, found.Setting("keyword"), found.Setting("url")).ShouldBe((false, "mine", "报警", ""));
    }

    [Fact]
    public async Task Row_ThatSomebodyBroke_IsNoChannel_AndBreaksNothing()
    {
        await using var storage = await StorageRig.SqliteAsync();
        var store = Store(storage);
        await store.SaveAsync(Channel());
        await storage.RunAsync("update notification_channels set settings = 'nonsense'");
        (await store.ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Settings_OnSqlite_AreKept()
    {
        await using var storage = await StorageRig.SqliteAsync();
        await SettingsKeptAsync(storage);
        await storage.RunAsync("update notification_settings set content = '{\"zone\":\"Mars/Olympus\"}'");
        (await new NotificationPreferences(new ContextFactory(storage.Target, storage.Journal)).LoadAsync()).ShouldBe(NotificationSettings.Default, "what makes no sense counts as never set");
    }

    [PostgresFact]
    public async Task Settings_OnPostgres_AreKept()
    {
        await using var storage = await StorageRig.PostgresAsync(postgres);
        await SettingsKeptAsync(storage);
    }

    private static async Task KeptAsync(StorageRig storage)
    {
        var store = Store(storage);
        var channel = Channel();
        await store.SaveAsync(channel);
        await store.SaveAsync(channel with { Id = Guid.NewGuid(), Name = "another of the kind", CreatedAt = Now.AddMinutes(1) });
        var found = await store.ListAsync();
        found.Select(c => c.Name).ShouldBe(["mine", "another of the kind"]);
        found[0].Settings.OrderBy(s => s.Key).ShouldBe(channel.Settings.OrderBy(s => s.Key));
        (found[0].Id, found[0].Kind, found[0].IsEnabled, found[0].IsReadable, found[0].CreatedAt).ShouldBe((channel.Id, ChannelKind.Dingtalk, true, true, Now));
        (await storage.ReadAsync<string>("select settings || secrets from notification_channels where name = 'mine'")).ShouldNotContain("very-secret");
        (await storage.ReadAsync<string>("select settings from notification_channels where name = 'mine'")).ShouldContain("keyword");

        await store.SaveAsync(channel with { Name = "renamed", IsEnabled = false });
        (await store.ListAsync()).Select(c => $"{c.Name} {c.IsEnabled}").ShouldBe(["renamed False", "another of the kind True"]);
        (await store.DeleteAsync(channel.Id)).ShouldBeTrue();
        (await store.DeleteAsync(channel.Id)).ShouldBeFalse();
        (await store.ListAsync()).Count.ShouldBe(1);
    }

    private static async Task SettingsKeptAsync(StorageRig storage)
    {
        var store = new NotificationPreferences(new ContextFactory(storage.Target, storage.Journal));
        (await store.LoadAsync()).ShouldBe(NotificationSettings.Default);
        var settings = new NotificationSettings
        {
            Language = "en", Zone = "America/New_York", QuietFrom = new(22, 30), QuietTo = new(7, 0), Modes = new Dictionary<string, EventMode> { ["lock.fired"] = EventMode.Silent },
            Wakes = new Dictionary<string, bool> { ["lock.fired"] = true }, AvailableBelow = 12345.67m, DayLossAbove = 1000, LastDayWithin = 5,
        };
        await store.SaveAsync(NotificationSettings.Default with { LastDayWithin = 1 }, Now);
        await store.SaveAsync(settings, Now);
        var found = await store.LoadAsync();
        found.ModeOf("lock.fired").ShouldBe(EventMode.Silent);
        found.WakesFor("lock.fired", NotificationPriority.Low).ShouldBeTrue();
        (found with { Modes = settings.Modes, Wakes = settings.Wakes }).ShouldBe(settings);
    }

    private static NotificationChannel Channel() => new()
    {
        Id = Guid.NewGuid(), Name = "mine", Kind = ChannelKind.Dingtalk, CreatedAt = Now, UpdatedAt = Now,
        Settings = new Dictionary<string, string> { ["url"] = "https://oapi.dingtalk.com/robot/send?access_token=very-secret-token", ["secret"] = "SEC-very-secret", ["keyword"] = "报警" },
    };

    /// <summary>Each with keys of its own.</summary>
    private static NotificationChannels Store(StorageRig storage) => new(new ContextFactory(storage.Target, storage.Journal), new EphemeralDataProtectionProvider());
}
