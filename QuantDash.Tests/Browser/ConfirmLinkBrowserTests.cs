using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>A trader away from the desk: the message on the phone, its link, one thumb.</summary>
[Collection(BrowsersInTurn.Name)]
public sealed class ConfirmLinkBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Source = "phone";
    private int _second;

    [BrowserTheory]
    [InlineData("zh-CN", "链接已使用", "价格已从 5020 变为 5080，未报单。请核对后再次确认。", "链接未在时限内使用，未报单。")]
    [InlineData("en", "Used already", "The price moved from 5020 to 5080. Nothing was sent", "It was not used in time; nothing was sent.")]
    public async Task Confirm_FromTheNtfyLink_FreshUsedMovedAndExpired(string language, string usedSaid, string movedSaid, string endedSaid)
    {
        await using var sink = await NtfySink.StartAsync();
        var settings = TradingClient.Settings();
        (settings["NTFY_URL"], settings["QuantDash__PublicUrl"]) = (sink.TopicUrl, "http://127.0.0.1");
        await using var app = await AppProcess.StartAsync(settings);
        var client = TradingClient.Of(app);
        await client.SourceAsync(Source, "ticks", always: true);
        await TickAsync(client, 5000);
        var account = await client.AccountAsync("phone", Source);
        await client.HoldAsync(account, "CZCE.TA2505", "long", 12, 5000);

        var fresh = await AskedAsync(client, sink, app, account, 5010);
        var page = await browser.OpenAsync(fresh, 390, 844, language);
        await FreshAsync(page, client, account);
        await UsedAsync(page, fresh, usedSaid);

        var moved = await AskedAsync(client, sink, app, account, 5020);
        await page.GotoAsync(moved.ToString());
        await MovedAsync(page, client, account, movedSaid);

        var ended = await AskedAsync(client, sink, app, account, 5100);
        await EndAsync(app);
        await ExpiredAsync(page, ended, client, account, endedSaid);
        (await client.ItemsAsync("api/orders", account)).Count.ShouldBe(2, "two clicks counted, two orders went out");
    }

    /// <summary>In the reader's words, on a phone's screen, without scrolling sideways.</summary>
    private static async Task SaidAsync(IPage page, string said)
    {
        (await page.Locator("main").InnerTextAsync()).ShouldContain(said);
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue("wider than the phone");
    }

    private static async Task FreshAsync(IPage page, TradingClient client, string account)
    {
        await page.Locator("main[data-state=open]").WaitForAsync();
        (await page.Locator("#price-now").InnerTextAsync()).ShouldBe("5010");
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue("wider than the phone");
        var button = await page.Locator("form button").BoundingBoxAsync();
        button!.Height.ShouldBeGreaterThanOrEqualTo(44, "too small for a thumb");
        (await StatesAsync(client, account)).ShouldBe(["waiting_confirm"], "opening it does nothing");
        await page.Locator("form button").ClickAsync();
        await page.Locator("main[data-state=confirmed]").WaitForAsync();
        await ExecutedAsync(client, account, 1);
    }

    private static async Task UsedAsync(IPage page, Uri link, string said)
    {
        await page.GotoAsync(link.ToString());
        await page.Locator("main[data-state=used]").WaitForAsync();
        await SaidAsync(page, said);
        (await page.Locator("form").CountAsync()).ShouldBe(0);
    }

    private async Task MovedAsync(IPage page, TradingClient client, string account, string said)
    {
        (await page.Locator("#price-now").InnerTextAsync()).ShouldBe("5020");
        await TickAsync(client, 5080);
        await page.Locator("form button").ClickAsync();
        await page.Locator("main[data-state=open] .notice").WaitForAsync();
        await SaidAsync(page, said);
        (await page.Locator("#price-now").InnerTextAsync()).ShouldBe("5080");
        (await StatesAsync(client, account)).ShouldContain("waiting_confirm");
        await page.Locator("form button").ClickAsync();
        await page.Locator("main[data-state=confirmed]").WaitForAsync();
        await ExecutedAsync(client, account, 2);
    }

    private static async Task ExpiredAsync(IPage page, Uri link, TradingClient client, string account, string said)
    {
        await page.GotoAsync(link.ToString());
        await page.Locator("main[data-state=expired]").WaitForAsync();
        await SaidAsync(page, said);
        (await page.Locator("form").CountAsync()).ShouldBe(0);
        (await StatesAsync(client, account)).ShouldContain("waiting_confirm", "an ended link changes nothing");
    }

    /// <summary>A rule over a quarter of the leg that fires at this price, and the link in its message, as this process is reached.</summary>
    private async Task<Uri> AskedAsync(TradingClient client, NtfySink sink, AppProcess app, string account, decimal price)
    {
        await client.RuleAsync(new JsonObject
        {
            ["account_id"] = account, ["symbol"] = "CZCE.TA2505", ["direction"] = "long", ["trigger_type"] = "price", ["trigger_price"] = price,
            ["profit_lock_ratio"] = 0.25m, ["auto_execute"] = false,
        });
        await TickAsync(client, price);
        var post = await sink.NextAsync("锁仓等待确认");
        return new Uri(app.Address, new Uri(post.Body.GetProperty("click").GetString()!).AbsolutePath);
    }

    private async Task TickAsync(TradingClient client, decimal price)
    {
        for (var i = 0; i < 2; i++)
        {
            await client.TicksAsync(Source, [new JsonObject
            {
                ["symbol"] = "CZCE.TA2505", ["timestamp"] = new DateTimeOffset(2025, 1, 6, 1, 30, 0, TimeSpan.Zero).AddSeconds(++_second).ToUnixTimeMilliseconds(),
                ["last_price"] = price, ["bid_price"] = price - 2, ["bid_volume"] = 500, ["ask_price"] = price + 2, ["ask_volume"] = 500,
            }]);
        }
    }

    private static async Task EndAsync(AppProcess app)
    {
        await using var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(app.DataDirectory, "quantdash.db")};Pooling=False");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = "update confirm_links set expires_at = '2020-01-01T00:00:00.0000000Z' where used_at is null";
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> StatesAsync(TradingClient client, string account) =>
        [.. (await client.TriggersAsync(account)).Select(t => t["execution_status"]!.GetValue<string>())];

    private static async Task ExecutedAsync(TradingClient client, string account, int count) =>
        (await TradingClient.EventuallyAsync(() => StatesAsync(client, account), states => states.Count(s => s == "executed") == count)).Count(s => s == "executed").ShouldBe(count);
}
