using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>From research to paper in the real app, with the mouse: bars are imported, a strategy is backtested on them and its report opened, the same strategy runs on a paper account,
/// its signal is filled and seen, and it is stopped. Live prices come from a feed that is the clock.</summary>
[Collection(BrowsersInTurn.Name)]
public sealed class ResearchToPaperBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private const string Symbol = "CZCE.TA2505";
    private const string Source = "paper";
    private const string Name = "Paper cross";
    private const float Patience = 60_000;
    private static readonly DateTimeOffset NineOClock = new(2025, 1, 6, 1, 0, 0, TimeSpan.Zero);

    [BrowserFact]
    public async Task Bars_Backtest_Report_Paper_Signal_Fill_Stop()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        var client = TradingClient.Of(app);
        await client.SourceAsync(Source, "ticks");
        var account = await client.AccountAsync("paper", Source, 1_000_000m);
        await client.TicksAsync(Source, [Tick(0, 5000)]);
        var page = await browser.SignInAsync(app.Address, Password, "en");

        await ImportAsync(page, app.Address);
        await BacktestAsync(page, app.Address);
        await SetUpAsync(page, app.Address, account);
        await StartAsync(page);
        await client.TicksAsync(Source, Enumerable.Range(1, 40).Select(minute => Tick(minute, PriceOf(minute))));
        await SeeTheFillAsync(page, client, account);
        await StopAsync(page, client);

        (await app.StopAsync()).ShouldBe(0, app.Log);
        app.Log.ShouldNotContain(" ERR ");
    }

    private static async Task ImportAsync(IPage page, Uri address)
    {
        await page.GotoAsync(new Uri(address, "/system/data").ToString());
        await page.Locator("#bars-file").SetInputFilesAsync(new FilePayload { Name = "ta.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Bars()) });
        await page.Locator("#bars-symbol").FillAsync(Symbol);
        await page.Locator("form.import button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("form.import .notice.good")).ToContainTextAsync("225 bars added", new() { Timeout = Patience });
        await page.Locator("td.strong", new() { HasText = Symbol }).WaitForAsync();
    }

    private static async Task BacktestAsync(IPage page, Uri address)
    {
        await page.GotoAsync(new Uri(address, "/backtests").ToString());
        await page.Locator("#bt-strategy").SelectOptionAsync("sma-cross");
        await page.Locator("#bt-p-fast").FillAsync("3");
        await page.Locator("#bt-p-slow").FillAsync("8");
        await page.Locator("#bt-p-slow").PressAsync("Tab");
        await page.Locator("#bt-series").SelectOptionAsync(new SelectOptionValue { Label = $"{Symbol} · history" });
        await page.Locator("#bt-start").ClickAsync();
        var row = page.Locator("tr", new() { HasText = "sma-cross" });
        await Assertions.Expect(row.Locator("[data-label='Round trips'], [data-label='Trades']")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("[1-9]"), new() { Timeout = Patience });
        await row.Locator("a.strong").ClickAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#bt-html").ClickAsync());
        var report = await File.ReadAllTextAsync(await download.PathAsync());
        report.ShouldContain("<svg");
        report.ShouldContain("sma-cross");
        report.ShouldNotContain("http://");
    }

    private static async Task SetUpAsync(IPage page, Uri address, string account)
    {
        await page.GotoAsync(new Uri(address, "/strategy").ToString());
        await page.Locator("#new-strategy").ClickAsync();
        await page.Locator("#strategy-definition").SelectOptionAsync("sma-cross");
        await page.Locator("#strategy-name").FillAsync(Name);
        await page.Locator("#strategy-account").SelectOptionAsync(account);
        await page.Locator("#strategy-mode").SelectOptionAsync("Paper");
        await page.Locator("#strategy-symbols").FillAsync(Symbol);
        await page.Locator("#strategy-bars").SelectOptionAsync("1m");
        await page.Locator("#parameter-fast").FillAsync("3");
        await page.Locator("#parameter-slow").FillAsync("8");
        await page.Locator("#parameter-slow").PressAsync("Tab");
        await page.Locator("#save-strategy").ClickAsync();
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static async Task StartAsync(IPage page)
    {
        await Deed(page, "Start").ClickAsync();
        await page.Locator("#confirm-deed").ClickAsync();
        await Deed(page, "Stop").WaitForAsync();
    }

    private static async Task SeeTheFillAsync(IPage page, TradingClient client, string account)
    {
        var trades = await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/trades", account), found => found.Count > 0);
        trades[^1]["symbol"]!.GetValue<string>().ShouldBe(Symbol);
        (await client.ItemsAsync("api/orders", account)).ShouldAllBe(order => order["origin"]!["owner"]!.GetValue<string>() == "strategy" && order["origin"]!["strategy_id"] != null);
        var first = page.Locator("#records tbody tr").Last;
        await Assertions.Expect(first).ToContainTextAsync(Symbol, new() { Timeout = Patience });
        await Assertions.Expect(first.Locator("a[href*='order_id']")).ToHaveCountAsync(1, new() { Timeout = Patience });
        await Assertions.Expect(Card(page).Locator(".held")).ToContainTextAsync(Symbol, new() { Timeout = Patience });
    }

    private static async Task StopAsync(IPage page, TradingClient client)
    {
        await Deed(page, "Stop").ClickAsync();
        await page.Locator("#confirm-deed").ClickAsync();
        await Deed(page, "Start").WaitForAsync();
        var strategies = (await client.GetAsync("api/strategies"))["items"]!.AsArray();
        strategies.ShouldHaveSingleItem()!["state"]!.GetValue<string>().ShouldBe("stopped");
    }

    private static ILocator Card(IPage page) => page.Locator($"[data-strategy='{Name}']");

    private static ILocator Deed(IPage page, string deed) => Card(page).Locator($"[data-deed={deed}]");

    /// <summary>A day's minutes of a wave.</summary>
    private static string Bars()
    {
        var text = new StringBuilder("timestamp,open,high,low,close,volume\n");
        var minutes = Enumerable.Range(0, 75).Concat(Enumerable.Range(90, 60)).Concat(Enumerable.Range(270, 90));
        var close = 5000;
        foreach (var minute in minutes)
        {
            var (open, next) = (close, PriceOf(minute));
            text.Append(CultureInfo.InvariantCulture, $"{NineOClock.AddMinutes(minute):yyyy-MM-ddTHH:mm:ssZ},{open},{Math.Max(open, next) + 2},{Math.Min(open, next) - 2},{next},100\n");
            close = next;
        }

        return text.ToString();
    }

    /// <summary>Down for fifteen minutes, up for fifteen, in ticks of two.</summary>
    private static int PriceOf(int minute) => 5000 - (4 * Math.Abs((((minute % 30) + 30) % 30) is var at && at <= 15 ? at : 30 - at));

    private static JsonObject Tick(int minute, int price) => new()
    {
        ["symbol"] = Symbol, ["timestamp"] = NineOClock.AddMinutes(minute).AddSeconds(1).ToString("O", CultureInfo.InvariantCulture), ["last_price"] = price, ["volume"] = 1000 + minute,
        ["bid_price"] = price - 2, ["bid_volume"] = 50, ["ask_price"] = price + 2, ["ask_volume"] = 50,
    };
}
