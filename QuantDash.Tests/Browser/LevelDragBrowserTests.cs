using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>A line on the chart is taken with the mouse and let go elsewhere.</summary>
[Collection(OneAtATime.Name)]
public sealed class LevelDragBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private const string Symbol = "CZCE.TA2505";

    [BrowserFact]
    public async Task Line_DraggedAndLetGo_ShowsWhatItMeans_AndIsMovedOnlyWhenConfirmed()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        var client = TradingClient.Of(app);
        var account = await client.AccountAsync("drag", await client.SourceAsync("drag", "wall", always: true));
        await QuoteAsync(client);
        await client.HoldAsync(account, Symbol, "long", 5, 5500);
        await client.RuleAsync(new JsonObject { ["account_id"] = account, ["symbol"] = Symbol, ["direction"] = "long", ["trigger_type"] = "price", ["trigger_price"] = 5580, ["auto_execute"] = false });
        await client.PostAsync("api/alerts", new JsonObject { ["account_id"] = account, ["symbol"] = Symbol, ["price"] = 5540, ["direction"] = "below" }, System.Net.HttpStatusCode.Created);
        var page = await OpenAsync(app.Address);

        await DragAsync(page, 5540, 5550);
        (await page.Locator("dialog .figure").TextContentAsync()).ShouldBe("5,540 → 5,550");
        await page.Locator("dialog footer .button").First.ClickAsync();
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await client.ItemsAsync("api/alerts"))[0]["price"]!.GetValue<decimal>().ShouldBe(5540m, "cancelled");

        await DragAsync(page, 5540, 5550);
        await page.Locator("#move-level").ClickAsync();
        await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/alerts"), items => items[0]["price"]!.GetValue<decimal>() == 5550m);

        await DragAsync(page, 5580, 5552);
        await page.Locator("dialog .notice.danger").WaitForAsync(); // It would fire at once, and that is said.
        await page.Locator("dialog footer .button").First.ClickAsync();
        await DragAsync(page, 5580, 5590);
        await page.Locator("#move-level").ClickAsync();
        await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/lock/configs", account), rules => rules[0]["trigger_price"]!.GetValue<decimal>() == 5590m);
    }

    private static async Task DragAsync(IPage page, double from, double to)
    {
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.WaitForFunctionAsync("level => document.querySelector('.chart .host')?._fullLayout?.shapes.some(s => s.y0 === level)", from);
        var (x, y) = await PlaceAsync(page, from);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        var (toX, toY) = await PlaceAsync(page, to);
        await page.Mouse.MoveAsync(toX, toY, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await page.Locator("dialog.dialog[open]").WaitForAsync();
    }

    private static async Task<(float X, float Y)> PlaceAsync(IPage page, double price)
    {
        var at = await page.EvaluateAsync<float[]>(
            """
            price => {
                const host = document.querySelector('.chart .host');
                const box = host.getBoundingClientRect(), axis = host._fullLayout.yaxis;
                return [box.left + box.width / 2, box.top + axis._offset + axis.d2p(price)];
            }
            """,
            price);
        return (at[0], at[1]);
    }

    private static Task QuoteAsync(TradingClient client) => TradingClient.EventuallyAsync(
        () => client.TicksAsync("drag",
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
        await page.GotoAsync(new Uri(address, $"market?symbol={Symbol}").ToString());
        await page.Locator(".chart .host .main-svg").First.WaitForAsync();
        return page;
    }
}
