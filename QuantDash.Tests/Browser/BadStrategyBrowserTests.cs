using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;
using QuantDash.Tests.Web.Adapters.Strategies;

namespace QuantDash.Tests.Browser;

/// <summary>Strategies of the trader's own that throw, loop and hog memory, beside a good one, in the real app with every page open: each card says what broke, and while one still thinks and after all
/// of them have failed the numbers on all pages go on moving, the good one goes on trading and a lock rule fires.</summary>
[Collection(BrowsersInTurn.Name)]
public sealed class BadStrategyBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private const string Traded = "CZCE.TA2505";
    private const string Locked = "SHFE.rb2505";
    private const string Source = "beside";
    private const string Good = "Good cross";
    private const int DeadlineSeconds = 30;
    private const float Patience = 90_000;

    /// <summary>By its name as it is set up: the definition, and what its card says.</summary>
    private static readonly Dictionary<string, (string Definition, string Reason)> Bad = new(StringComparer.Ordinal)
    {
        ["Bad throws"] = ("throws", "System.InvalidOperationException: the fourth bar"),
        ["Bad loops"] = ("loops", $"It did not answer within {DeadlineSeconds} s: it was killed."),
        ["Bad hogs"] = ("hogs", "emory"),
    };

    private static readonly DateTimeOffset NineOClock = new(2025, 1, 6, 1, 0, 0, TimeSpan.Zero);
    private int _minute;
    private int _lockedPrice = 3300;

    [BrowserFact]
    public async Task ThrowLoopAndHog_FailOnTheirCards_AndEveryPageGoesOn()
    {
        using var folder = new TempFolder();
        await UserAssembly.CompileAsync(folder.Path, "Bad", UserStrategySources.Bad);
        await using var sink = await NtfySink.StartAsync();
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings())
        {
            ["QuantDash__Auth__AdminPassword"] = Password, ["QuantDash__Strategies__Folder"] = folder.Path, ["QuantDash__Strategies__HeapMegabytes"] = "64",
            ["QuantDash__Strategies__DeadlineMilliseconds"] = $"{DeadlineSeconds * 1000}", ["NTFY_URL"] = sink.TopicUrl,
        });
        var client = TradingClient.Of(app);
        var account = await PrepareAsync(client);
        await ImportAsync(app.Client);
        var page = await browser.SignInAsync(app.Address, Password, "en");
        await page.GotoAsync(new Uri(app.Address, "/strategy").ToString());
        foreach (var (name, definition) in Bad.Select(one => (one.Key, one.Value.Definition)).Prepend((Good, "sma-cross"))) await RunAsync(page, name, definition);
        var pages = await Pages.OpenAsync(page.Context, app.Address);

        for (var i = 0; i < 8; i++) await StepAsync(client);
        await MoveAsync(client, pages);
        (await HasFailedAsync(page, "Bad loops")).ShouldBeFalse("the pages moved while it still thought");
        await EveryBadOneFailsAsync(client, page, sink);

        await MoveAsync(client, pages);
        await GoodGoesOnAsync(client, page, pages, account);
        await RuleFiresAsync(client, pages, account);
        await PagesAnswerAsync(pages);
        (await app.StopAsync()).ShouldBe(0, app.LogEnd);
        app.Log.ShouldNotContain(" ERR ");
    }

    /// <summary>A leg of another contract with a rule over it that is far from its price.</summary>
    private async Task<string> PrepareAsync(TradingClient client)
    {
        await client.SourceAsync(Source, "ticks", always: true);
        var account = await client.AccountAsync("paper", Source, 1_000_000m);
        await StepAsync(client);
        await client.HoldAsync(account, Locked, "long", 10, 3300);
        await client.RuleAsync(new JsonObject { ["account_id"] = account, ["symbol"] = Locked, ["direction"] = "long", ["trigger_type"] = "price", ["trigger_price"] = 3900, ["auto_execute"] = true });
        return account;
    }

    /// <summary>An hour without a move, for a backtest. Of the contract that no strategy trades: they would warm up on it.</summary>
    private static async Task ImportAsync(HttpClient http)
    {
        var bars = string.Concat(Enumerable.Range(0, 60).Select(minute => $"{NineOClock.AddMinutes(minute):yyyy-MM-ddTHH:mm:ssZ},5000,5002,4998,5000,100\n"));
        using var body = new StringContent("timestamp,open,high,low,close,volume\n" + bars, Encoding.UTF8, "text/csv");
        using var answer = await http.PostAsync($"api/bars/import?symbol={Locked}&timeframe=1m&source=history", body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private static async Task RunAsync(IPage page, string name, string definition)
    {
        await page.Locator("#new-strategy").ClickAsync();
        await page.Locator("#strategy-definition").SelectOptionAsync(definition);
        await page.Locator("#strategy-name").FillAsync(name);
        await page.Locator("#strategy-mode").SelectOptionAsync("Paper");
        await page.Locator("#strategy-symbols").FillAsync(Traded);
        await page.Locator("#strategy-bars").SelectOptionAsync("1m");
        if (name == Good)
        {
            await page.Locator("#parameter-fast").FillAsync("3");
            await page.Locator("#parameter-slow").FillAsync("8");
            await page.Locator("#parameter-slow").PressAsync("Tab");
        }

        await page.Locator("#save-strategy").ClickAsync();
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Card(page, name).Locator("[data-deed=Start]").ClickAsync();
        await page.Locator("#confirm-deed").ClickAsync();
        await Card(page, name).Locator("[data-deed=Stop]").WaitForAsync();
    }

    /// <summary>A minute of both contracts at once: the one that is traded goes up and down, the other up.</summary>
    private async Task StepAsync(TradingClient client)
    {
        var at = NineOClock.AddMinutes(++_minute).AddSeconds(1);
        var wave = _minute % 30;
        await client.TicksAsync(Source, [Tick(Traded, at, 5000 - (4 * (wave <= 15 ? wave : 30 - wave)), 2), Tick(Locked, at, ++_lockedPrice, 1)]);
    }

    private JsonObject Tick(string symbol, DateTimeOffset at, int price, int tick) => new()
    {
        ["symbol"] = symbol, ["timestamp"] = at.ToUnixTimeMilliseconds(), ["last_price"] = price, ["volume"] = 1000 + _minute,
        ["bid_price"] = price - tick, ["bid_volume"] = 500, ["ask_price"] = price + tick, ["ask_volume"] = 500,
    };

    private async Task MoveAsync(TradingClient client, Pages pages)
    {
        await StepAsync(client);
        foreach (var row in pages.Prices) await Assertions.Expect(row).ToContainTextAsync($"{_lockedPrice:N0}", new() { Timeout = Patience });
    }

    private async Task EveryBadOneFailsAsync(TradingClient client, IPage page, NtfySink sink)
    {
        await TradingClient.EventuallyAsync(
            async () =>
            {
                await StepAsync(client);
                return await Task.WhenAll(Bad.Keys.Select(name => HasFailedAsync(page, name)));
            },
            failed => failed.All(one => one));
        foreach (var (name, (_, reason)) in Bad) await Assertions.Expect(Card(page, name).Locator(".notice.danger")).ToContainTextAsync(reason, new() { Timeout = Patience });
        var told = new List<string>();
        foreach (var _ in Bad) told.Add((await sink.NextAsync("策略出错停止")).Message);
        foreach (var name in Bad.Keys) told.ShouldContain(message => message.Contains(name, StringComparison.Ordinal));
        await Card(page, Good).GetByText("Running").WaitForAsync();
    }

    private async Task GoodGoesOnAsync(TradingClient client, IPage page, Pages pages, string account)
    {
        var before = (await client.ItemsAsync("api/trades", account)).Count;
        var orders = await pages.Orders.Locator("#orders tbody tr").CountAsync();
        var trades = await TradingClient.EventuallyAsync(
            async () =>
            {
                await StepAsync(client);
                return await client.ItemsAsync("api/trades", account);
            },
            found => found.Count > before);
        trades.Count.ShouldBeGreaterThan(before, "the good one trades");
        await Assertions.Expect(Card(page, Good)).ToContainTextAsync($"fills {trades.Count}", new() { Timeout = Patience });
        await Assertions.Expect(pages.Orders.Locator("#orders tbody tr").Nth(orders)).ToBeVisibleAsync(new() { Timeout = Patience });
    }

    private async Task RuleFiresAsync(TradingClient client, Pages pages, string account)
    {
        await Assertions.Expect(pages.Locks.Locator("#triggers tbody tr")).ToHaveCountAsync(0);
        _lockedPrice = 3899;
        await StepAsync(client);
        await StepAsync(client);
        (await TradingClient.EventuallyAsync(() => client.ExecutionsAsync(account), found => found.Count > 0)).ShouldHaveSingleItem()["symbol"]!.GetValue<string>().ShouldBe(Locked);
        await Assertions.Expect(pages.Locks.Locator("#triggers tbody tr")).ToContainTextAsync("Executed", new() { Timeout = Patience });
    }

    private static async Task PagesAnswerAsync(Pages pages)
    {
        await pages.Backtests.Locator("#bt-strategy").SelectOptionAsync("sma-cross");
        await pages.Backtests.Locator("#bt-series").SelectOptionAsync(new SelectOptionValue { Label = $"{Locked} · history" });
        await pages.Backtests.Locator("#bt-start").ClickAsync();
        await Assertions.Expect(pages.Backtests.Locator("tr", new() { HasText = "sma-cross" }).Locator("[data-label='Round trips'], [data-label='Trades']")).ToContainTextAsync("0", new() { Timeout = Patience });
        foreach (var name in Bad.Keys)
        {
            await pages.Overview.Locator(".events .tape li", new() { HasText = $"Strategy {name} broke and was stopped" }).WaitForAsync();
            await pages.System.Locator(".tape-frame li", new() { HasText = $"Strategy {name} broke and was stopped" }).WaitForAsync();
        }

        (await pages.System.Locator("#services .pill").CountAsync()).ShouldBeGreaterThan(5);
        (await pages.System.Locator("#services .pill.danger").AllInnerTextsAsync()).ShouldBeEmpty("no loop has died");
    }

    private static Task<bool> HasFailedAsync(IPage page, string name) => Card(page, name).Locator(".pill", new() { HasText = "Failed" }).IsVisibleAsync();

    private static ILocator Card(IPage page, string name) => page.Locator($"[data-strategy='{name}']");

    /// <summary>The other pages, each in a tab of its own that stays open.</summary>
    private sealed record Pages(IPage Overview, IPage Market, IPage Locks, IPage Orders, IPage Backtests, IPage System)
    {
        /// <summary>Where the price of the contract stands that moves with every step.</summary>
        public IEnumerable<ILocator> Prices =>
        [
            Overview.Locator(".positions tr", new() { HasText = "rb2505" }), Market.Locator($"tr[data-entry='{Locked}'] .price"), Locks.Locator("tr.clickable", new() { HasText = Locked }),
        ];

        public static async Task<Pages> OpenAsync(IBrowserContext context, Uri address)
        {
            var (overview, market, locks) = (await TabAsync(""), await TabAsync("market"), await TabAsync("lock"));
            return new(overview, market, locks, await TabAsync("orders"), await TabAsync("backtests"), await TabAsync("system"));

            async Task<IPage> TabAsync(string path)
            {
                var page = await context.NewPageAsync();
                await page.GotoAsync(new Uri(address, path).ToString());
                await page.Locator("main#content").WaitForAsync();
                return page;
            }
        }
    }
}
