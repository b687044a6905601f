using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>An order from the first key to the fill without a mouse, in the real app.</summary>
[Collection(OneAtATime.Name)]
public sealed class TicketKeysBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private const string Symbol = "CZCE.TA2505";

    [BrowserFact]
    public async Task Ticket_ByKeyboard_StepsPriceAndVolume_ReviewsThenSendsOneOrder()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        var client = TradingClient.Of(app);
        var source = await client.SourceAsync("keys", "wall", always: true);
        var account = await client.AccountAsync("keys", source);
        await QuoteAsync(client);
        await client.HoldAsync(account, Symbol, "long", 5, 5500);
        var page = await OpenAsync(app.Address);

        // The keys are heard a moment after the page stands there.
        await TradingClient.EventuallyAsync(() => HelpAsync(page), keys => keys == 8);
        await page.Locator("dialog.dialog[open]").WaitForAsync(); // Drawn is not open yet, and Escape would close nothing.
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Keyboard.PressAsync("j");
        await page.Locator(".holdings tr[aria-selected=true]").WaitForAsync();
        await page.Keyboard.PressAsync("s");
        await page.Locator("dialog.dialog .sides").WaitForAsync();
        // The bid less the room that a close is given.
        await ExpectAsync(page, "#limit", "5548");
        await ExpectAsync(page, "#volume", "5");
        await page.Locator("[data-price=Ask]").ClickAsync();
        await ExpectAsync(page, "#limit", "5562");
        await page.Locator("#volume").FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await ExpectAsync(page, "#limit", "5564");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await ExpectAsync(page, "#volume", "4");
        await page.Locator("#volume").FillAsync("3");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#enter-sends").WaitForAsync();
        (await client.ItemsAsync("api/orders", account)).ShouldBeEmpty();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        var order = (await client.ItemsAsync("api/orders", account)).ShouldHaveSingleItem();
        (order["side"]!.GetValue<string>(), order["price"]!.GetValue<decimal>(), order["volume"]!.GetValue<decimal>()).ShouldBe(("sell", 5564m, 3m));
    }

    private static async Task<int> HelpAsync(IPage page)
    {
        await page.Keyboard.PressAsync("?");
        return await page.Locator("#keys-help dt").CountAsync();
    }

    private static async Task ExpectAsync(IPage page, string field, string value)
    {
        await page.WaitForFunctionAsync("([field, value]) => document.querySelector(field)?.value === value", new[] { field, value });
    }

    /// <summary>A machine that stood still for ten seconds on the way sent an old tick.</summary>
    private static Task QuoteAsync(TradingClient client) => TradingClient.EventuallyAsync(
        () => client.TicksAsync("keys",
        [
            new JsonObject
            {
                ["symbol"] = Symbol, ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ["last_price"] = 5560, ["bid_price"] = 5558, ["bid_volume"] = 100, ["ask_price"] = 5562, ["ask_volume"] = 100,
            },
        ]),
        sent => sent.Accepted == 1);

    private async Task<IPage> OpenAsync(Uri address)
    {
        var page = await browser.OpenAsync(address, 1440, 900, "en");
        await page.Locator("input[name=name]").FillAsync("admin");
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();
        await page.GotoAsync(new Uri(address, "positions").ToString());
        await page.Locator(".holdings tbody tr").WaitForAsync();
        await page.Locator("#keys").WaitForAsync();
        return page;
    }
}
