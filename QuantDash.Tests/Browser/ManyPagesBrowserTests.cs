using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>Twenty windows at once, on different pages, while prices move: each shows the latest, none has ended.</summary>
[Collection(OneAtATime.Name)]
public sealed class ManyPagesBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private const int Windows = 20;
    private static readonly string[] Symbols = ["CZCE.TA2505", "DCE.v2505", "SHFE.rb2505", "SHFE.au2506", "DCE.m2505"];
    private static readonly string[] Paths = ["/market", "/positions", "/lock", "/"];

    [BrowserFact]
    public async Task TwentyWindows_WhilePricesMove_AreAllLive()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        var client = TradingClient.Of(app);
        await client.SourceAsync("many", "wall", always: true);
        var account = await client.AccountAsync("many", "many");
        await TickAsync(client, 0);
        await client.HoldAsync(account, Symbols[0], "long", 3, 4900);
        var first = await browser.SignInAsync(app.Address, Password);
        var pages = new List<IPage> { first };
        while (pages.Count < Windows) pages.Add(await first.Context.NewPageAsync());
        await Task.WhenAll(pages.Select((page, index) => page.GotoAsync(new Uri(app.Address, Paths[index % Paths.Length]).ToString())));
        foreach (var page in pages) await page.Locator("main h1").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        for (var round = 1; round <= 20; round++) await TickAsync(client, round);

        foreach (var page in pages)
        {
            (await page.Locator("#blazor-error-ui").IsVisibleAsync()).ShouldBeFalse(page.Url);
            await TradingClient.EventuallyAsync(
                async () =>
                {
                    await TickAsync(client, 20);
                    return await page.InnerTextAsync("body");
                },
                text => text.Contains("5,040", StringComparison.Ordinal) || text.Contains("2,100.00", StringComparison.Ordinal) || text.Contains("+2,100", StringComparison.Ordinal));
        }

        foreach (var page in pages.Where(page => page.Url.EndsWith("/market", StringComparison.Ordinal))) (await page.InnerTextAsync(".watch")).ShouldContain("5,040");
        (await app.StopAsync()).ShouldBe(0, app.LogEnd);
    }

    /// <summary>3 lots at 4,900 and 5 tonnes: 2,100 at 5,040.</summary>
    private static Task TickAsync(TradingClient client, int round) => client.TicksAsync("many", Symbols.Select((symbol, index) => new JsonObject
    {
        ["symbol"] = symbol, ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ["last_price"] = 5000 + (2 * round), ["bid_price"] = 4998 + (2 * round), ["bid_volume"] = 9, ["ask_price"] = 5002 + (2 * round), ["ask_volume"] = 9,
        ["volume"] = (round * 10) + index,
    }));
}
