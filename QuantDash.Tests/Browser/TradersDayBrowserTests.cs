using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>A trader's day in the real app, by mouse and keyboard: sign in, open a position, set a rule, confirm what it asks, unlock in part, look at the trades,
/// and the day's settlement, to the cent; in both languages. Prices come from a feed that is the clock.</summary>
public sealed partial class TradersDayBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private const string Symbol = "CZCE.TA2505";
    private const string Source = "day";
    private const decimal Cash = 1_000_000m;
    private const decimal Multiplier = 5m;
    private static readonly DateTimeOffset NineThirty = new(2025, 1, 6, 1, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NextMorning = new(2025, 1, 7, 1, 30, 0, TimeSpan.Zero);
    private int _second;

    [BrowserTheory]
    [InlineData("zh-CN", "持仓", "锁仓")]
    [InlineData("en", "Positions", "Locks")]
    public async Task Day_FromSignInToSettlement(string language, string positions, string locks)
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        var client = TradingClient.Of(app);
        await client.SourceAsync(Source, "ticks");
        var account = await client.AccountAsync("day", Source, Cash);
        await TickAsync(client, 5000);
        var page = await browser.SignInAsync(app.Address, Password, language);

        await GoAsync(page, "/positions", positions, language);
        await BuyAsync(page, client, account, 4);
        await GoAsync(page, "/lock", locks, language);
        await SetRuleAsync(page, 5100);
        await TickAsync(client, 5100);
        await ConfirmAsync(page, client, account);
        await GoAsync(page, "/positions", positions, language);
        await UnlockAsync(page, client, account, 1);
        await TickAsync(client, 5120);

        var trades = await LookAtTradesAsync(page, client, account, app.Address, language);
        var equity = await SettleAsync(client, account, 5110);
        equity.ShouldBe(ByHand(trades, 5110));
        await LookAtSettlementAsync(page, app.Address, language, equity);
        await SignOutAsync(page, app.Address);
        (await app.StopAsync()).ShouldBe(0, app.Log);
        app.Log.ShouldNotContain(" ERR ");
    }

    private async Task BuyAsync(IPage page, TradingClient client, string account, int lots)
    {
        await page.GotoAsync(new Uri(new Uri(page.Url), "/positions?order=buy").ToString());
        await page.Locator("#ticket-contract").SelectOptionAsync(Symbol);
        await page.Locator("[data-price=Ask]").ClickAsync();
        await page.Locator("#volume").FillAsync(lots.ToString(CultureInfo.InvariantCulture));
        await page.Locator("#volume").PressAsync("Tab");
        await page.Locator("dialog.dialog footer .button.primary:not([disabled])", new() { HasText = lots.ToString(CultureInfo.InvariantCulture) }).ClickAsync();
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await TickAsync(client, 5000);
        await LegsAsync(client, account, lots, 0);
        await page.Locator(".holdings tbody tr", new() { HasText = "TA2505" }).WaitForAsync();
    }

    private static async Task SetRuleAsync(IPage page, decimal price)
    {
        await page.Locator(".page-head .button.primary").ClickAsync();
        await page.Locator("#symbol").FillAsync(Symbol);
        await page.Locator("#rule-form .segments >> nth=0 >> button >> nth=0").ClickAsync();
        await page.Locator("#rule-form .segments >> nth=1 >> button >> nth=1").ClickAsync();
        await page.Locator("#rule-form .condition-line >> nth=0 >> input[type=checkbox]").UncheckAsync();
        await page.Locator("#rule-form .condition-line >> nth=1 >> input[type=checkbox]").CheckAsync();
        await page.Locator("#price").FillAsync(price.ToString(CultureInfo.InvariantCulture));
        await page.Locator("#price").PressAsync("Tab");
        await page.Locator("dialog.dialog footer .button.primary").ClickAsync();
        await page.Locator("#rule-form").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator("tr.clickable", new() { HasText = "TA2505" }).WaitForAsync();
    }

    private async Task ConfirmAsync(IPage page, TradingClient client, string account)
    {
        var asked = page.Locator("article.waiting", new() { HasText = Symbol });
        await asked.Locator(".consequences dt, .consequences span").First.WaitForAsync();
        (await client.ItemsAsync("api/orders", account)).Count.ShouldBe(1, "it asks before it does anything");
        await asked.Locator(".button.primary").ClickAsync();
        await asked.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await TickAsync(client, 5100);
        await LegsAsync(client, account, 4, 4);
    }

    private async Task UnlockAsync(IPage page, TradingClient client, string account, int lots)
    {
        await page.Locator(".held-locks .actions .button").First.ClickAsync();
        await page.Locator("dialog.dialog #legs button >> nth=1").ClickAsync();
        await page.Locator("#unlock-volume").FillAsync(lots.ToString(CultureInfo.InvariantCulture));
        await page.Locator("#unlock-volume").PressAsync("Tab");
        await page.Locator("dialog.dialog footer .button.primary:not([disabled])", new() { HasText = lots.ToString(CultureInfo.InvariantCulture) }).ClickAsync();
        await page.Locator("dialog.dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await TickAsync(client, 5100);
        await LegsAsync(client, account, 4, 4 - lots);
    }

    private static async Task<List<JsonNode>> LookAtTradesAsync(IPage page, TradingClient client, string account, Uri address, string language)
    {
        var trades = await client.ItemsAsync("api/trades", account);
        await page.GotoAsync(new Uri(address, "/trades").ToString());
        await Assertions.Expect(page.Locator("#trades tbody tr")).ToHaveCountAsync(trades.Count);
        await ReadsAsync(page, language);
        return trades;
    }

    /// <summary>The next day's first tick ends the day before: at its settlement price, which that tick brings.</summary>
    private async Task<decimal> SettleAsync(TradingClient client, string account, decimal settlement)
    {
        await client.TicksAsync(Source, [Tick(NextMorning, 5130, settlement)]);
        var days = await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/settlements", account), found => found.Count == 1);
        days.ShouldHaveSingleItem()["trading_day"]!.GetValue<string>().ShouldBe("2025-01-06");
        return days[0]["funds"]!["equity"]!.GetValue<decimal>();
    }

    private static async Task LookAtSettlementAsync(IPage page, Uri address, string language, decimal equity)
    {
        await page.GotoAsync(new Uri(address, "/account/settlements").ToString());
        var row = page.Locator("#settlements tbody tr");
        await row.WaitForAsync();
        (await row.InnerTextAsync()).ShouldContain(equity.ToString("#,##0.00", CultureInfo.InvariantCulture));
        await ReadsAsync(page, language);
        await row.Locator("button").ClickAsync();
        await page.Locator("dialog.dialog").WaitForAsync();
        await ReadsAsync(page, language);
    }

    private static async Task SignOutAsync(IPage page, Uri address)
    {
        await page.GotoAsync(new Uri(address, "/sign-out").ToString());
        await page.Locator("button[type=submit]").First.ClickAsync();
        await page.Locator("input[name=password]").WaitForAsync();
    }

    /// <summary>Counted from nothing but trades and prices: cash paid and received, what is held at the settlement price, fees as told for each trade.</summary>
    private static decimal ByHand(List<JsonNode> trades, decimal settlement)
    {
        var (cash, held) = (Cash, 0m);
        foreach (var trade in trades)
        {
            var lots = trade["volume"]!.GetValue<decimal>() * (trade["side"]!.GetValue<string>() == "buy" ? 1 : -1);
            cash -= (lots * trade["price"]!.GetValue<decimal>() * Multiplier) + trade["commission"]!.GetValue<decimal>();
            held += lots;
        }

        return cash + (held * settlement * Multiplier);
    }

    private static async Task LegsAsync(TradingClient client, string account, decimal longs, decimal shorts)
    {
        var positions = await TradingClient.EventuallyAsync(() => client.ItemsAsync("api/positions", account), found => found.Count == 1 && Legs(found[0]) == (longs, shorts));
        Legs(positions.ShouldHaveSingleItem()).ShouldBe((longs, shorts));
    }

    private static (decimal Long, decimal Short) Legs(JsonNode position) => (position["long_position"]!.GetValue<decimal>(), position["short_position"]!.GetValue<decimal>());

    /// <summary>A page of the frame's list, by its link.</summary>
    private static async Task GoAsync(IPage page, string path, string heading, string language)
    {
        await page.Locator($"nav a[href='{path}']").First.ClickAsync();
        await page.Locator("main h1", new() { HasText = heading }).WaitForAsync();
        await ReadsAsync(page, language);
    }

    private static async Task ReadsAsync(IPage page, string language)
    {
        (await page.EvaluateAsync<string>("document.documentElement.lang")).ShouldStartWith(language[..2]);
        var text = (await page.InnerTextAsync("body")).Replace("中文", "", StringComparison.Ordinal);
        Chinese().IsMatch(text).ShouldBe(language == "zh-CN", text);
    }

    /// <summary>Twice: the first to decide, the second to trade at.</summary>
    private async Task TickAsync(TradingClient client, decimal price)
    {
        for (var i = 0; i < 2; i++) await client.TicksAsync(Source, [Tick(NineThirty.AddSeconds(++_second), price)]);
    }

    private static JsonObject Tick(DateTimeOffset at, decimal price, decimal settlement = 4990) => new()
    {
        ["symbol"] = Symbol, ["timestamp"] = at.ToUnixTimeMilliseconds(), ["last_price"] = price, ["bid_price"] = price - 2, ["bid_volume"] = 500, ["ask_price"] = price + 2,
        ["ask_volume"] = 500, ["pre_settlement"] = settlement,
    };

    [GeneratedRegex(@"[\u4e00-\u9fff]")]
    private static partial Regex Chinese();
}
