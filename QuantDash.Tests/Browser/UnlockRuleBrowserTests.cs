using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>The harder half with the mouse: from a lock's own row to a rule that lets one leg go at a price, and what it does when the price comes.</summary>
[Collection(BrowsersInTurn.Name)]
public sealed class UnlockRuleBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private const string Symbol = "CZCE.TA2505";

    [BrowserFact]
    public async Task UnlockRule_MadeFromTheLocksRow_ClosesTheLegAtItsPrice_OnceAndSaysSo()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        var client = TradingClient.Of(app);
        var account = await client.AccountAsync("unlock", await client.SourceAsync("unlock", "wall", always: true));
        await QuoteAsync(client, 5560);
        await PairAsync(client, account);
        await client.PostAsync("api/locks/adopt", new JsonObject { ["account_id"] = account, ["symbol"] = Symbol });
        var page = await browser.SignInAsync(app.Address, Password);
        await page.GotoAsync(new Uri(app.Address, "/lock").ToString());

        await page.Locator("#locks .unlock-when").ClickAsync();
        await page.Locator("#unlock-text").WaitForAsync();
        (await page.Locator("#symbol").InputValueAsync()).ShouldBe(Symbol);
        await page.Locator("#rule-form .segments >> nth=0 >> button >> nth=0").ClickAsync(); // The long leg goes.
        await page.Locator("#rule-form .segments >> nth=1 >> button >> nth=0").ClickAsync(); // Without asking.
        await page.Locator(".condition-line:has(#price) input[type=checkbox]").CheckAsync();
        await page.Locator("#price").FillAsync("5580");
        await page.Locator("#price").PressAsync("Tab");
        await page.Locator("dialog.dialog footer button[type=submit]").ClickAsync();
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator(".tag.unlock").First.WaitForAsync();
        var rule = (await client.ItemsAsync("api/lock/configs", account)).ShouldHaveSingleItem();
        (rule["action"]!.GetValue<string>(), rule["direction"]!.GetValue<string>(), rule["trigger_price"]!.GetValue<decimal>(), rule["auto_execute"]!.GetValue<bool>()).ShouldBe(("unlock", "long", 5580m, true));

        await QuoteAsync(client, 5578);
        (await client.ItemsAsync("api/lock/triggers", account)).ShouldBeEmpty();
        await QuoteAsync(client, 5580);
        var trigger = await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/lock/triggers", account), found => found is [var one] && one["execution_status"]!.GetValue<string>() == "executed");
        trigger[0]["trigger_price"]!.GetValue<decimal>().ShouldBe(5580m);
        var position = await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/positions", account), found => found[0]["long_position"]!.GetValue<decimal>() == 2);
        position[0]["short_position"]!.GetValue<decimal>().ShouldBe(3);
        (await client.ItemsAsync("api/orders", account)).ShouldHaveSingleItem()["filled_volume"]!.GetValue<decimal>().ShouldBe(3);
        await page.Locator("#locks .unlock-when").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>A machine that stood still for ten seconds on the way sent an old tick.</summary>
    private static Task QuoteAsync(TradingClient client, int price) => TradingClient.EventuallyAsync(
        () => client.TicksAsync("unlock",
        [
            new JsonObject
            {
                ["symbol"] = Symbol, ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ["last_price"] = price, ["bid_price"] = price - 2, ["bid_volume"] = 100, ["ask_price"] = price + 2, ["ask_volume"] = 100,
            },
        ]),
        sent => sent.Accepted == 1);

    private static Task<JsonNode> PairAsync(TradingClient client, string account) => client.PostAsync(
        "api/position_snapshots",
        new JsonObject
        {
            ["account_id"] = account,
            ["positions"] = new JsonArray(new JsonObject
            {
                ["symbol"] = Symbol, ["long_position"] = 5, ["long_today"] = 5, ["long_avg_price"] = 5500, ["short_position"] = 3, ["short_today"] = 3, ["short_avg_price"] = 5600,
            }),
        });
}
