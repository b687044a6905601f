using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>A pair that came from the counter, adopted and then unlocked leg by leg with the mouse, in the real app.</summary>
[Collection(BrowsersInTurn.Name)]
public sealed class UnlockBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private const string Symbol = "CZCE.TA2505";

    [BrowserFact]
    public async Task AdoptAPair_ThenUnlockOneLegWithTheLadderTable()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        var client = TradingClient.Of(app);
        var account = await PairAsync(client);

        var page = await OpenAsync(app.Address);
        var card = page.Locator("article.pair", new() { HasText = Symbol });
        await card.Locator(".button.primary").ClickAsync();
        await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await client.ItemsAsync("api/locks", account)).ShouldHaveSingleItem()["is_adopted"]!.GetValue<bool>().ShouldBeTrue();

        await page.Locator(".held-locks .actions .button").ClickAsync();
        var ladder = page.Locator("dialog.dialog .ladder tbody tr");
        await ladder.First.WaitForAsync();
        (await ladder.CountAsync()).ShouldBe(17);
        (await page.Locator("dialog.dialog .ladder tr.now").CountAsync()).ShouldBe(1);
        (await page.Locator("dialog.dialog .choices tbody tr").CountAsync()).ShouldBe(4);
        await page.Locator("dialog.dialog #legs button >> nth=1").ClickAsync();
        await page.Locator("#unlock-volume").FillAsync("2");
        await page.Locator("#unlock-volume").PressAsync("Tab");
        await page.Locator("dialog.dialog footer .button.primary", new() { HasText = "2" }).ClickAsync();
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await QuoteAsync(client);
        await client.EventuallyLockedAsync(account, 1);
        var position = (await client.ItemsAsync("api/positions", account)).ShouldHaveSingleItem();
        (position["long_position"]!.GetValue<decimal>(), position["short_position"]!.GetValue<decimal>()).ShouldBe((5m, 1m));
        await GiveAnotherPriceAsync(page, client, account);
    }

    /// <summary>On the same page: a working order gets another price with the mouse, and the old one is gone before the new one stands.</summary>
    private static async Task GiveAnotherPriceAsync(IPage page, TradingClient client, string account)
    {
        await client.PostAsync("api/orders", new JsonObject { ["account_id"] = account, ["symbol"] = Symbol, ["action"] = "close", ["direction"] = "long", ["volume"] = 2, ["price"] = 5700 }, HttpStatusCode.Created);
        await page.Locator("[data-change]").ClickAsync();
        await page.Locator("#change-price").FillAsync("5690");
        await page.Locator("#change-price").PressAsync("Tab");
        await page.Locator("dialog.dialog .sent li", new() { HasText = "5,690" }).WaitForAsync();
        await page.Locator("dialog.dialog footer .button.primary").ClickAsync();
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator(".notice", new() { HasText = "5,690" }).WaitForAsync();
        var orders = await TradingClient.EventuallyAsync(
            () => client.ItemsAsync("api/orders", account), found => found.Any(order => order["price"]?.GetValue<decimal>() == 5690 && order["status"]!.GetValue<string>() == "accepted"));
        orders.Single(order => order["price"]?.GetValue<decimal>() == 5700)["status"]!.GetValue<string>().ShouldBe("cancelled");
    }

    [BrowserFact]
    public async Task Positions_WithABrokenLockAndAPair_AreWholeOnAPhone()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        var client = TradingClient.Of(app);
        var account = await PairAsync(client);
        await client.PostAsync("api/locks/adopt", new JsonObject { ["account_id"] = account, ["symbol"] = Symbol });
        await HoldAsync(client, account, 5, 1);

        var page = await OpenAsync(app.Address, 390, "en");
        await page.Locator("article.broken").WaitForAsync();
        (await ScrollsSidewaysAsync(page)).ShouldBeFalse();
        await page.Locator("article.broken .button.danger").ClickAsync();
        await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/orders", account), orders => orders.Count == 1);
        await QuoteAsync(client);
        await page.Locator("article.broken").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator(".held-locks .actions .button").ClickAsync();
        await page.Locator("dialog.dialog .ladder tbody tr").First.WaitForAsync();
        (await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('dialog .table-frame:not(.ladder)')].every(f => f.scrollWidth <= f.clientWidth + 1)")).ShouldBeTrue();
    }

    private static Task<bool> ScrollsSidewaysAsync(IPage page) =>
        page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1");

    private static async Task<string> PairAsync(TradingClient client)
    {
        var source = await client.SourceAsync("pairs", "wall", always: true);
        var account = await client.AccountAsync("pairs", source);
        await QuoteAsync(client);
        await HoldAsync(client, account, 5, 3);
        return account;
    }

    /// <summary>A machine that stood still for ten seconds on the way sent an old tick.</summary>
    private static Task QuoteAsync(TradingClient client) => TradingClient.EventuallyAsync(() => SendQuoteAsync(client), sent => sent.Accepted == 1);

    private static Task<(int Accepted, int Rejected, JsonNode Reasons)> SendQuoteAsync(TradingClient client) => client.TicksAsync("pairs",
    [
        new()
        {
            ["symbol"] = Symbol, ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ["last_price"] = 5560, ["bid_price"] = 5558, ["bid_volume"] = 100,
            ["ask_price"] = 5562, ["ask_volume"] = 100,
        },
    ]);

    private static Task<JsonNode> HoldAsync(TradingClient client, string account, int longs, int shorts) => client.PostAsync(
        "api/position_snapshots",
        new JsonObject
        {
            ["account_id"] = account,
            ["positions"] = new JsonArray(new JsonObject
            {
                ["symbol"] = Symbol, ["long_position"] = longs, ["long_today"] = longs, ["long_avg_price"] = 5500, ["short_position"] = shorts, ["short_today"] = shorts, ["short_avg_price"] = 5600,
            }),
        });

    private async Task<IPage> OpenAsync(Uri address, int width = 1440, string locale = "zh-CN")
    {
        var page = await browser.OpenAsync(address, width, 900, locale);
        await page.Locator("input[name=name]").FillAsync("admin");
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();
        await page.GotoAsync(new Uri(address, "positions").ToString());
        await page.Locator("main#content h1").WaitForAsync();
        return page;
    }
}
