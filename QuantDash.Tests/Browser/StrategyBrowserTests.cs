using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>A strategy with the mouse: chosen, set up, started on paper, its signal and its fill seen, and stopped. Quotes come from a source whose ticks are its clock, at five past nine.</summary>
[Collection(BrowsersInTurn.Name)]
public sealed class StrategyBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private const string Symbol = "CZCE.TA2505";
    private static readonly DateTimeOffset Morning = new(2025, 3, 4, 9, 5, 0, TimeSpan.FromHours(8));

    [BrowserFact]
    public async Task Strategy_IsSetUpStartedAndStopped_AndItsSignalIsSeenFilled()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        var client = TradingClient.Of(app);
        await client.AccountAsync("paper", await client.SourceAsync("opening", "ticks", always: true));
        await QuoteAsync(client, 0);
        var page = await browser.SignInAsync(app.Address, Password, "en");
        await page.GotoAsync(new Uri(app.Address, "/strategy").ToString());

        await page.Locator("#catalogue li:last-child button").ClickAsync();
        await page.Locator("#strategy-name").FillAsync("Opening list");
        await page.Locator("#watch-list").SetInputFilesAsync(new FilePayload { Name = "list.yml", MimeType = "text/yaml", Buffer = "markets:\n  cn:\n    - TA2505  # PTA\n"u8.ToArray() });
        await Assertions.Expect(page.Locator("#strategy-symbols")).ToHaveValueAsync(Symbol);
        await page.Locator("#parameter-budget").FillAsync("100000");
        await page.Locator("#save-strategy").ClickAsync();
        var card = page.Locator("[data-strategy='Opening list']");
        await card.Locator("[data-deed=Start]").ClickAsync();
        await page.Locator("#confirm-deed").ClickAsync();
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await card.GetByText("Running").WaitForAsync();
        (await card.TextContentAsync())!.ShouldNotContain("Changed since it was started");

        for (var second = 1; second <= 4; second++) await QuoteAsync(client, second);
        await page.Locator("#records .pill", new() { HasText = "Filled" }).WaitForAsync();
        // 5,562 × 5 a lot: three of them for 100,000.
        await card.Locator(".held", new() { HasText = "3 @ 5,56" }).WaitForAsync();
        await card.Locator("h2 a").ClickAsync();
        await page.Locator("#facts").WaitForAsync();
        await page.Locator("#records tbody tr", new() { HasText = "3 / 3" }).WaitForAsync();

        await page.Locator("[data-deed=Flatten]").ClickAsync();
        await page.Locator("#held", new() { HasText = Symbol }).WaitForAsync();
        await page.Locator("#confirm-deed").ClickAsync();
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        for (var second = 5; second <= 8; second++) await QuoteAsync(client, second);
        await page.GetByText("Holds nothing.").WaitForAsync();
        await page.Locator("[data-deed=Stop]").ClickAsync();
        await page.Locator("#confirm-deed").ClickAsync();
        await page.Locator(".strategy .pill", new() { HasText = "Stopped" }).WaitForAsync();
    }

    private static Task QuoteAsync(TradingClient client, int second) => client.TicksAsync("opening",
    [
        new JsonObject
        {
            ["symbol"] = Symbol, ["timestamp"] = Morning.AddSeconds(second).ToUnixTimeMilliseconds(), ["last_price"] = 5560, ["bid_price"] = 5558, ["bid_volume"] = 100, ["ask_price"] = 5562, ["ask_volume"] = 100,
        },
    ]);
}
