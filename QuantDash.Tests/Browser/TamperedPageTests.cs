using System.Text.Json.Nodes;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>RELIABILITY.md D4 on a real page: its own fields are made to say what they never offered. The ticket and the form refuse it, or the page ends; none of it is traded or saved.</summary>
[Trait(Profile.Reliability, "D4")]
public sealed class TamperedPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private const string Symbol = "CZCE.TA2505";

    /// <summary>Sets a field as a script of a stranger would: values that no list has, then the event that the page listens to.</summary>
    private const string Say = """
        ([selector, value]) => {
            const field = document.querySelector(selector);
            if (field === null) return; // The value before ended the page, or its dialog.
            field.disabled = false;
            if (field.tagName === 'SELECT') field.append(new Option(value, value));
            if (field.type === 'number') field.type = 'text';
            field.value = value;
            for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
        }
        """;

    private static readonly string[] Values = ["", "-1", "0", "1e308", "1e-300", "NaN", "Infinity", "0x10", "１２", "٣", "1;drop table orders", "<b>1</b>", "null", "99999999999999999999999999999999", new('7', 20_000)];

    [BrowserFact]
    public async Task Fields_ThatSayWhatTheyNeverOffered_AreNeverTradedOrSaved()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(TradingClient.Settings()) { ["QuantDash__Auth__AdminPassword"] = Password });
        var client = TradingClient.Of(app);
        await client.SourceAsync("tampered", "ticks", always: true);
        await client.TicksAsync("tampered", [new JsonObject { ["symbol"] = Symbol, ["timestamp"] = new DateTimeOffset(2025, 1, 6, 1, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), ["last_price"] = 5000, ["bid_price"] = 4998, ["bid_volume"] = 5, ["ask_price"] = 5002, ["ask_volume"] = 5 }]);
        var account = await client.AccountAsync("tampered", "tampered");
        await client.HoldAsync(account, Symbol, "long", 5, 4900);
        var page = await browser.SignInAsync(app.Address, Password);

        foreach (var field in (string[])["#ticket-contract", "#volume", "#limit"])
            foreach (var value in Values) await SayAsync(page, app, "/positions?order=buy", "dialog.dialog .sides", field, value);
        foreach (var field in (string[])["#symbol", "#price", "#ratio"])
            foreach (var value in Values) await SayAsync(page, app, "/lock?new=1", "#rule-form", field, value);
        await SayAsync(page, app, "/positions?order=buy", "dialog.dialog .sides", "#volume", new('8', 1_000_000));

        foreach (var order in await client.ItemsAsync("api/orders", account)) IsOffered(order["symbol"], order["volume"], order["price"]).ShouldBeTrue(order.ToJsonString());
        foreach (var rule in await client.ItemsAsync("api/lock/configs", account)) IsOffered(rule["symbol"], null, rule["trigger_price"]).ShouldBeTrue(rule.ToJsonString());
        (await app.StopAsync()).ShouldBe(0, app.LogEnd);
    }

    /// <summary>The page is opened anew only if the last value ended it.</summary>
    private static async Task SayAsync(IPage page, AppProcess app, string path, string ready, string field, string value)
    {
        if (!page.Url.EndsWith(path, StringComparison.Ordinal) || await page.Locator(field).CountAsync() == 0 || await page.Locator("#blazor-error-ui").IsVisibleAsync())
        {
            await page.GotoAsync(new Uri(app.Address, path).ToString());
            await page.Locator(ready).First.WaitForAsync();
            await page.Locator(field).WaitForAsync();
        }

        await page.EvaluateAsync(Say, new[] { field, value });
        await page.EvaluateAsync("() => document.querySelector('dialog.dialog footer .button.primary, dialog.dialog footer .button.danger')?.click()");
    }

    /// <summary>What a page refuses to take leaves its field as it was, and the button may then send that: never what was made up.</summary>
    private static bool IsOffered(JsonNode? symbol, JsonNode? volume, JsonNode? price) =>
        symbol!.GetValue<string>() == Symbol && volume?.GetValue<decimal>() is null or (>= 1 and <= 20) && price?.GetValue<decimal>() is null or (>= 4000 and <= 6000);
}
