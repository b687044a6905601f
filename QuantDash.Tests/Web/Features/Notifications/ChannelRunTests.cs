using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Web.Features.Notifications;

/// <summary>The real program, all six kinds of channel at once, and what it leaves behind.</summary>
public sealed class ChannelRunTests : IAsyncLifetime
{
    private const string Source = "watched";

    // Empty, and held by the process.
    private static readonly string[] Locks = [".lock", ".trader", ".owner"];
    private readonly SmtpSink _mail = SmtpSink.Start();
    private RobotSink _robots = null!;
    private NtfySink _ntfy = null!;
    private int _second;

    public async Task InitializeAsync() => (_robots, _ntfy) = (await RobotSink.StartAsync(), await NtfySink.StartAsync());

    public async Task DisposeAsync()
    {
        _mail.Dispose();
        await _robots.DisposeAsync();
        await _ntfy.DisposeAsync();
    }

    [Theory]
    [InlineData("en", "Bridge is up", "Bridge of counter: program connected")]
    [InlineData("zh-CN", "桥接已连接", "桥接 counter")]
    public async Task Event_ReachesEveryChannel_AndNoSecretIsLeftInTheOpen(string language, string title, string sentence)
    {
        await using var app = await AppProcess.StartAsync(TradingClient.Settings());
        var client = TradingClient.Of(app);
        await CreateAllAsync(client);
        (await client.SendAsync("api/notification_settings", $$"""{"language":"{{language}}"}""", "PUT")).Status.ShouldBe(HttpStatusCode.OK);
        await ConnectBridgeAsync(client);

        var robots = new List<RobotPost>();
        for (var i = 0; i < 4; i++) robots.Add(await _robots.NextAsync());
        robots.Select(r => r.Path).Order(StringComparer.Ordinal).ShouldBe(["/cgi-bin/webhook/send", "/hook/of-my-own-2b4e", "/open-apis/bot/v2/hook/feishu-key-77aa", "/robot/send"]);
        foreach (var robot in robots.Where(r => !r.Path.StartsWith("/hook/", StringComparison.Ordinal))) robot.Text.ShouldStartWith($"{title}\n{sentence}");
        robots.Single(r => r.Path.StartsWith("/hook/", StringComparison.Ordinal)).Json.GetProperty("event").GetString().ShouldBe("bridge.up");
        var mail = await _mail.NextAsync();
        mail.Subject.ShouldBe(title);
        mail.Body.ShouldStartWith(sentence);
        (await _ntfy.NextAsync()).Title.ShouldBe(title);

        var shown = await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/notification_channels"), all => all.All(c => c["waiting"]!.GetValue<int>() == 0 && c["last_sent_at"] is not null));
        shown.Count.ShouldBe(6);
        await NoSecretAsync(app, string.Concat(shown.Select(c => c.ToJsonString())));
    }

    /// <summary>Told at the crossing, over the outbox as everything else; after kill -9 the tape knows that it was told.</summary>
    [Fact]
    public async Task Kill9_AfterARiskWasTold_TellsItNoSecondTime()
    {
        var settings = TradingClient.Settings();
        settings["NTFY_URL"] = _ntfy.TopicUrl;
        await using var app = await AppProcess.StartAsync(settings);
        var client = TradingClient.Of(app);
        await client.SourceAsync(Source, "ticks", always: true);
        await TickAsync(client, 5000);
        var first = await client.AccountAsync("first", Source, 100_000);
        await client.HoldAsync(first, "CZCE.TA2505", "long", 38, 5000);
        await TickAsync(client, 5000);

        var told = await _ntfy.NextAsync("风险度");
        (told.Title, told.Priority).ShouldBe(("[回放] 风险度偏高", 4));
        told.Message.ShouldStartWith("风险度 85.5%，超过 80%\nfirst");
        await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/notification_channels"), all => all[0]["waiting"]!.GetValue<int>() == 0 && all[0]["last_sent_at"] is not null);

        app.Kill();
        await app.StartAgainAsync();
        await TickAsync(client, 5000);
        var second = await client.AccountAsync("second", Source, 100_000);
        await client.HoldAsync(second, "CZCE.TA2505", "long", 38, 5000);
        await TickAsync(client, 5000);
        (await _ntfy.NextAsync("风险度")).Message.ShouldEndWith("second", Case.Sensitive, "the first was told before");
    }

    private async Task CreateAllAsync(TradingClient client)
    {
        (string Kind, JsonObject Settings)[] channels =
        [
            ("ntfy", new() { ["url"] = _ntfy.TopicUrl, ["token"] = "tk_very-secret-token" }),
            ("dingtalk", new() { ["url"] = _robots.Dingtalk, ["secret"] = RobotSink.Secret }),
            ("feishu", new() { ["url"] = _robots.Feishu, ["secret"] = RobotSink.Secret }),
            ("wecom", new() { ["url"] = _robots.Wecom }),
            ("webhook", new() { ["url"] = _robots.Webhook, ["secret"] = "hook-very-secret" }),
            ("email", new()
            {
                ["host"] = "127.0.0.1", ["port"] = _mail.Port, ["security"] = "none", ["user"] = SmtpSink.User, ["password"] = SmtpSink.Password, ["from"] = "dash@example.com", ["to"] = "one@example.com",
            }),
        ];
        foreach (var (kind, settings) in channels) await client.PostAsync("api/notification_channels", new JsonObject { ["name"] = kind, ["kind"] = kind, ["settings"] = settings }, HttpStatusCode.Created);
    }

    private static async Task ConnectBridgeAsync(TradingClient client)
    {
        var account = await client.PostAsync("api/accounts", new JsonObject { ["name"] = "counter", ["venue"] = "bridge", ["currency"] = "CNY" }, HttpStatusCode.Created);
        await client.GetAsync($"api/bridge/{account["id"]!.GetValue<string>()}/orders?wait=0");
    }

    private async Task TickAsync(TradingClient client, decimal price) => await client.TicksAsync(Source, [new JsonObject
    {
        ["symbol"] = "CZCE.TA2505", ["timestamp"] = new DateTimeOffset(2025, 1, 6, 1, 30, 0, TimeSpan.Zero).AddSeconds(++_second).ToUnixTimeMilliseconds(),
        ["last_price"] = price, ["bid_price"] = price - 2, ["bid_volume"] = 500, ["ask_price"] = price + 2, ["ask_volume"] = 500,
    }]);

    /// <summary>Neither in answers nor in the log nor in any file of the data directory, the database and its log among them.</summary>
    private static async Task NoSecretAsync(AppProcess app, string answers)
    {
        string[] secrets = ["ding-key-93f1", RobotSink.Secret, "feishu-key-77aa", "wecom-key-5d0c", "of-my-own-2b4e", "hook-very-secret", SmtpSink.Password, "tk_very-secret-token"];
        var places = new List<(string Place, string Text)> { ("answers", answers), ("log", app.Log) };
        foreach (var file in Directory.EnumerateFiles(app.DataDirectory, "*", SearchOption.AllDirectories).Where(f => !Locks.Contains(Path.GetExtension(f))))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var read = new StreamReader(open, Encoding.Latin1);
            places.Add((file, await read.ReadToEndAsync()));
        }

        places.Count.ShouldBeGreaterThan(4);
        (from place in places from secret in secrets where place.Text.Contains(secret, StringComparison.Ordinal) select $"{secret} in {place.Place}").ShouldBeEmpty();
    }
}
