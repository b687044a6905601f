using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>A page that loses its server, or the network between: it says so, shows no price that looks alive, and comes back by itself with nothing lost.</summary>
[Collection(OneAtATime.Name)]
[Trait("Reliability", "D6")]
public sealed class ReconnectBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private const string Symbol = "CZCE.TA2505";
    private const string Lost = "html[data-link=lost]";
    private const string Connected = "html:not([data-link])";

    // How long the net is away, and how soon a page that is back on the net has to ask for its server.
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(Profile.Number("QUANTDASH_NETWORK_CUT_SECONDS", 30, 30));
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [BrowserFact]
    public async Task Server_KilledUnderAPage_MarksEveryPriceOldAndComesBackByItself()
    {
        await using var app = await StartAsync();
        var client = TradingClient.Of(app);
        await ReadyAsync(client);
        var page = await OpenAsync(app.Address);
        await ShowsAsync(page, "5,560");
        await page.EvalOnSelectorAsync("main#content", "content => content.dataset.before = 'kill'");

        app.Kill();

        await page.Locator(Lost).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator(".reconnect-dialog[open]").WaitForAsync();
        (await page.EvalOnSelectorAsync<string>(".panel .last .num", "price => getComputedStyle(price).textDecorationLine")).ShouldBe("line-through");
        (await page.Locator(".reconnect-dialog").TextContentAsync())!.ShouldContain("are old and do not move");
        await page.Locator(".reconnect-dialog[data-state=waiting]").WaitForAsync();
        var attempt = await AttemptAsync(page);
        await page.WaitForFunctionAsync("before => Number(document.querySelector('[data-attempt]').textContent) > before", attempt); // It goes on by itself, later and later.

        var asked = new TaskCompletionSource();
        page.Request += (_, request) =>
        {
            if (request.IsNavigationRequest) asked.TrySetResult();
        };
        await app.StartAgainAsync();
        var serving = Stopwatch.StartNew();
        await asked.Task.WaitAsync(TimeSpan.FromMilliseconds(BrowserFixture.Patience));
        serving.Elapsed.ShouldBeLessThan(Soon);
        await page.Locator("main#content:not([data-before])").WaitForAsync();
        await QuoteAsync(client, 5570, 1);
        await ShowsAsync(page, "5,570");
    }

    [BrowserTheory]
    [InlineData(false)] // Every connection is reset at once.
    [InlineData(true)] // Both sides believe that they are connected.
    public async Task Network_AwayAndBack_LosesNothingOnTheScreen(bool silently)
    {
        await using var app = await StartAsync();
        await using var wire = new FaultProxy(app.Address);
        var client = TradingClient.Of(app);
        await ReadyAsync(client);
        var page = await OpenAsync(wire.Address);
        await ShowsAsync(page, "5,560");
        await page.EvalOnSelectorAsync("main#content", "content => content.dataset.before = 'cut'");

        if (silently) wire.FallSilent();
        else wire.Cut();
        var away = Stopwatch.StartNew();
        await page.Locator(Lost).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var ticks = 0;
        while (away.Elapsed < Away)
        {
            await QuoteAsync(client, 5560 + (2 * (ticks % 5)), ++ticks); // Trading goes on meanwhile.
            await Task.Delay(TimeSpan.FromMilliseconds(400)); // The pace of a feed.
        }
        (await page.Locator(Lost).CountAsync()).ShouldBe(1);
        wire.Mend();

        await page.Locator(Connected).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        (await page.Locator("main#content[data-before]").CountAsync()).ShouldBe(1, "the page went on where it was, it was not loaded anew");
        await QuoteAsync(client, 5580, ++ticks);
        await ShowsAsync(page, "5,580");
        // Every tick of the time without a network stands in the list, each once, in its order.
        await page.WaitForFunctionAsync("count => document.querySelectorAll('.sales tbody tr').length === count", Math.Min(60, ticks + 1));
        var volumes = await page.Locator(".sales tbody tr td:nth-child(3)").AllTextContentsAsync();
        volumes.Take(Math.Min(59, ticks)).ShouldAllBe(volume => volume == "1");
        await page.Locator(".reconnect-dialog:not([open])").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    [BrowserFact]
    public async Task TryNow_WhenTheNetworkIsBack_DoesNotWaitForThePause()
    {
        await using var app = await StartAsync();
        await using var wire = new FaultProxy(app.Address);
        await ReadyAsync(TradingClient.Of(app));
        var page = await OpenAsync(wire.Address, "zh-CN");
        wire.Cut();
        await page.Locator(".reconnect-dialog[open][data-state=waiting]").WaitForAsync();
        (await page.Locator(".reconnect-dialog h2").TextContentAsync()).ShouldBe("与 QuantDash 的连接已断开");
        await page.WaitForFunctionAsync("() => Number(document.querySelector('[data-attempt]').textContent) >= 4 && document.querySelector('.reconnect-dialog').dataset.state === 'waiting'");
        wire.Mend();
        await page.Locator("[data-try]").ClickAsync();
        await page.Locator(Connected).WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    private static async Task<int> AttemptAsync(IPage page) => int.Parse((await page.Locator("[data-attempt]").TextContentAsync())!, CultureInfo.InvariantCulture);

    private static Task<AppProcess> StartAsync() => AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });

    private static async Task ReadyAsync(TradingClient client)
    {
        await client.AccountAsync("cut", await client.SourceAsync("cut", "wall", always: true));
        await QuoteAsync(client, 5560, 0);
    }

    private static Task QuoteAsync(TradingClient client, int price, int volume) => TradingClient.EventuallyAsync(
        () => client.TicksAsync("cut",
        [
            new JsonObject
            {
                ["symbol"] = Symbol, ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ["last_price"] = price, ["volume"] = 100 + volume,
                ["bid_price"] = price - 2, ["bid_volume"] = 100, ["ask_price"] = price + 2, ["ask_volume"] = 100,
            },
        ]),
        sent => sent.Accepted == 1);

    private static Task ShowsAsync(IPage page, string price) =>
        page.WaitForFunctionAsync("price => document.querySelector('.panel .last')?.textContent.trim() === price", price);

    private async Task<IPage> OpenAsync(Uri address, string locale = "en")
    {
        var page = await browser.OpenAsync(address, 1440, 900, locale);
        await page.Locator("input[name=name]").FillAsync("admin");
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();
        await page.GotoAsync(new Uri(address, $"market?symbol={Symbol}").ToString());
        await page.Locator(".panel .last").WaitForAsync();
        return page;
    }
}
