using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Web.Ui;

namespace QuantDash.Tests.Browser;

/// <summary>More contracts than a screen holds: what is in sight is drawn, the rest when it comes into sight, and what was drawn so lives.</summary>
[Collection(BrowsersInTurn.Name)]
public sealed class LongHoldingsBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private static readonly string[] Symbols =
    [
        .. from product in (string[])["SHFE.al", "SHFE.cu", "SHFE.rb"]
           from month in Enumerable.Range(1, 24)
           select string.Create(CultureInfo.InvariantCulture, $"{product}{27 + ((month - 1) / 12)}{((month - 1) % 12) + 1:00}"),
    ];

    [BrowserFact]
    public async Task Holdings_OfManyContracts_AreDrawnWhereTheTraderLooks_AndTheLastLives()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        var client = TradingClient.Of(app);
        var account = await client.AccountAsync("long", await client.SourceAsync("long", "wall", always: true));
        await QuoteAsync(client, 5000);
        await client.PostAsync("api/position_snapshots", new JsonObject
        {
            ["account_id"] = account,
            ["positions"] = new JsonArray([.. Symbols.Select(symbol => new JsonObject { ["symbol"] = symbol, ["long_position"] = 3, ["long_today"] = 1, ["long_avg_price"] = 4900, ["short_position"] = 1, ["short_today"] = 0, ["short_avg_price"] = 5100 })]),
        });
        var page = await browser.SignInAsync(app.Address, Password);
        await page.GotoAsync(new Uri(app.Address, "/positions").ToString());

        await page.Locator($"[data-details='{Symbols[0]}']").WaitForAsync();
        (await page.Locator(".holdings tbody .mark").CountAsync()).ShouldBeLessThan(LongTables.MostDrawnWhole);
        (await page.Locator(".question.pair").CountAsync()).ShouldBe(5);
        await page.Locator("#more-pairs").ClickAsync();
        await page.Locator(".question.pair").Nth(24).WaitForAsync();

        // To the last line by the keyboard, further than is drawn.
        await TradingClient.EventuallyAsync(() => PressAsync(page, "k"), selected => selected == Symbols[0]);
        for (var line = 1; line < Symbols.Length; line++) await page.Keyboard.PressAsync("j");
        var last = page.Locator($"tr[aria-selected=true]:has([data-details='{Symbols[^1]}'])");
        await last.WaitForAsync();
        await QuoteAsync(client, 5030);
        await last.Locator(".mark", new() { HasText = "5,030" }).WaitForAsync();
        (await last.Locator(".mark").IsVisibleAsync()).ShouldBeTrue();
        (await page.Locator(".holdings tbody .mark").CountAsync()).ShouldBeLessThan(LongTables.MostDrawnWhole);
    }

    private static async Task<string?> PressAsync(IPage page, string key)
    {
        await page.Keyboard.PressAsync(key);
        var selected = page.Locator("tr[aria-selected=true] [data-details]");
        return await selected.CountAsync() == 0 ? null : await selected.First.GetAttributeAsync("data-details");
    }

    /// <summary>A machine that stood still for ten seconds on the way sent old ticks.</summary>
    private static Task QuoteAsync(TradingClient client, int price) => TradingClient.EventuallyAsync(
        () => client.TicksAsync("long", Symbols.Select(symbol => new JsonObject
        {
            ["symbol"] = symbol, ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ["last_price"] = price, ["bid_price"] = price - 5, ["bid_volume"] = 10, ["ask_price"] = price + 5, ["ask_volume"] = 10,
        })),
        sent => sent.Accepted == Symbols.Length);
}
