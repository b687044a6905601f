using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>RELIABILITY.md E6: texts that are scripts, wherever a text of somebody's is kept, looked at on every page of the real app in a real browser: none runs, none becomes an element.</summary>
[Trait(Profile.Reliability, "E6")]
public sealed class E6Tests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";

    /// <summary>What it would leave behind: an attribute if it became an element, a number if it ran.</summary>
    private const string Mark = "data-xss";

    private static readonly string[] Breaks = ["", "\">", "'>", "`>", "</textarea>", "</title>", "</style>", "--></script>", "]]>", "\\\">", "&quot;>", "&#x3e;", "\u2028", "<!--"];

    private static readonly string[] Bodies =
    [
        $"<img src=x onerror=window.xss=1 {Mark}>", $"<svg onload=window.xss=1 {Mark}>", $"<script {Mark}>window.xss=1</script>", $"<body onload=window.xss=1 {Mark}>",
        $"<iframe src=javascript:top.xss=1 {Mark}></iframe>", $"<a href=javascript:window.xss=1 {Mark}>x</a>", $"<details open ontoggle=window.xss=1 {Mark}>", $"<input autofocus onfocus=window.xss=1 {Mark}>",
        $"<video><source onerror=window.xss=1 {Mark}>", $"<math href=javascript:window.xss=1 {Mark}>x", $"<base href=//evil/ {Mark}>", $"<form action=javascript:window.xss=1 {Mark}><button>x",
        $"<style {Mark}>*{{display:none}}</style>", $"<object data=javascript:window.xss=1 {Mark}>", $"<ScRiPt {Mark}>window.xss=1</sCrIpT>",
    ];

    private static readonly List<string> Payloads = [.. Breaks.SelectMany(with => Bodies.Select(body => with + body))];

    [BrowserFact]
    public async Task Texts_ThatAreScripts_AreTextsOnEveryPage()
    {
        Payloads.Count.ShouldBeGreaterThanOrEqualTo(200);
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        var client = TradingClient.Of(app);
        await PlantAsync(client);

        var page = await browser.SignInAsync(app.Address, Password);
        await page.Context.AddInitScriptAsync("window.violations = []; addEventListener('securitypolicyviolation', e => window.violations.push(e.violatedDirective + ' ' + e.sample));");
        var read = 0;
        foreach (var screen in ScreenshotWalk.Pages)
        {
            await page.GotoAsync(new Uri(app.Address, screen.Path).ToString());
            await page.Locator("h1").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await page.EvaluateAsync("() => new Promise(done => requestIdleCallback(done, { timeout: 1500 }))");
            await MustBeTextAsync(page, screen.Name);
            read += (await page.InnerTextAsync("body")).Split(Mark).Length - 1;
        }

        read.ShouldBeGreaterThan(300, "the pages show what was planted, as text");
        (await app.StopAsync()).ShouldBe(0, app.LogEnd);
    }

    private static async Task MustBeTextAsync(IPage page, string name)
    {
        (await page.EvaluateAsync<bool>("() => window.xss === undefined")).ShouldBeTrue($"{name}: a text ran");
        (await page.EvaluateAsync<int>($"() => document.querySelectorAll('[{Mark}]').length")).ShouldBe(0, $"{name}: a text became an element");
        (await page.EvaluateAsync<int>("() => window.violations.length")).ShouldBe(0, $"{name}: only the content policy stopped it: {await page.EvaluateAsync<string>("() => window.violations.join('; ')")}");
    }

    /// <summary>Wherever a text of somebody's is kept: rules, groups, templates, cash, accounts, keys, channels, reasons of a stop, and what a venue tells.</summary>
    private static async Task PlantAsync(TradingClient client)
    {
        await client.SourceAsync("xss", "ticks", always: true);
        await TickAsync(client, 1);
        var account = await client.AccountAsync(Payloads[0], "xss");
        await client.HoldAsync(account, "CZCE.TA2505", "long", 20, 5000);
        foreach (var payload in Payloads)
        {
            await MayAsync(client, "api/lock/configs", new() { ["account_id"] = account, ["symbol"] = "CZCE.TA2505", ["direction"] = "long", ["trigger_type"] = "price", ["trigger_price"] = 9000, ["note"] = payload, ["oco_group"] = payload });
            await MayAsync(client, "api/lock/templates", new() { ["name"] = payload, ["stop_ticks"] = 20 });
            await MayAsync(client, "api/cash_flow", new() { ["account_id"] = account, ["amount"] = 1, ["note"] = payload });
            await MayAsync(client, "api/keys", new() { ["name"] = payload, ["scopes"] = new JsonArray("read") });
        }

        foreach (var payload in Payloads.Take(30)) await MayAsync(client, "api/accounts", new() { ["name"] = payload, ["venue"] = "simulated", ["currency"] = "CNY", ["source"] = "xss" });
        foreach (var payload in Payloads.Take(15)) await MayAsync(client, "api/notification_channels", new() { ["name"] = payload, ["kind"] = "webhook", ["settings"] = new JsonObject { ["url"] = "http://127.0.0.1:9/x" } });
        await VenueAsync(client);
        await MayAsync(client, "api/emergency/stop", new() { ["account_id"] = account, ["reason"] = Payloads[1] });
    }

    /// <summary>A venue that refuses each order with a script for a reason, and trades of ids that are scripts.</summary>
    private static async Task VenueAsync(TradingClient client)
    {
        var account = (await client.PostAsync("api/accounts", new JsonObject { ["name"] = "venue", ["venue"] = "bridge", ["currency"] = "CNY", ["source"] = "xss", ["external_id"] = "880001" }, HttpStatusCode.Created))["id"]!.GetValue<string>();
        var epoch = (await client.GetAsync("api/bridge/880001/orders?wait=0&after=0"))["epoch"]!.GetValue<string>();
        await client.PostAsync("api/position_snapshots", new JsonObject { ["account_id"] = "880001", ["epoch"] = epoch, ["complete"] = true, ["positions"] = new JsonArray() });
        await client.PostAsync("api/account_snapshots", new JsonObject { ["account_id"] = "880001", ["timestamp"] = "2025-01-06T01:30:02Z", ["balance"] = 10_000_000, ["available"] = 10_000_000, ["margin"] = 0, ["currency"] = "CNY" });
        foreach (var payload in Payloads.Take(40))
        {
            var order = await client.PostAsync("api/orders", new JsonObject { ["account_id"] = account, ["symbol"] = "CZCE.TA2505", ["action"] = "open", ["direction"] = "long", ["volume"] = 1, ["price"] = 5000 }, HttpStatusCode.Created);
            await client.PostAsync("api/bridge/880001/reports", new JsonObject { ["client_order_id"] = order["id"]!.GetValue<string>(), ["status"] = "rejected", ["reason"] = payload });
        }

        await client.PostAsync("api/trades", new JsonObject { ["account_id"] = "880001", ["trades"] = new JsonArray([.. Payloads.Take(40).Select(payload => new JsonObject
        {
            ["trade_id"] = payload, ["symbol"] = "CZCE.TA2505", ["side"] = "buy", ["offset"] = "open", ["price"] = 5000, ["volume"] = 1, ["timestamp"] = "2025-01-06T01:31:00Z",
        })]) });
    }

    private static Task TickAsync(TradingClient client, int second) => client.TicksAsync("xss", [new JsonObject
    {
        ["symbol"] = "CZCE.TA2505", ["timestamp"] = new DateTimeOffset(2025, 1, 6, 1, 30, second, TimeSpan.Zero).ToUnixTimeMilliseconds(), ["last_price"] = 5000, ["bid_price"] = 4998, ["bid_volume"] = 500, ["ask_price"] = 5002, ["ask_volume"] = 500,
    }]);

    /// <summary>Taken, or refused with a reason: a text may be too long or of the wrong letters for its field.</summary>
    private static async Task MayAsync(TradingClient client, string path, JsonObject body)
    {
        var (status, text) = await client.SendAsync(path, body.ToJsonString());
        ((int)status).ShouldBeLessThan(500, text);
        if ((int)status >= 400) JsonDocument.Parse(text).RootElement.GetProperty("codes").EnumerateObject().ShouldAllBe(field => field.Name == "name" || field.Name == "note" || field.Name == "oco_group", text);
    }
}
