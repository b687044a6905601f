using System.Text.RegularExpressions;
using Microsoft.Playwright;
using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>The first three minutes of a trader with QuantDash, by mouse and keyboard alone.</summary>
public sealed partial class FirstRunTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    /// <summary>The demo's price trigger comes at about 90 s; a busy machine is late.</summary>
    private const float Patience = 150_000;

    [BrowserFact]
    public async Task FirstRun_FromTheSetUpLinkToAConfirmedLock_NeedsNoReload()
    {
        await using var app = await AppProcess.StartAsync();
        var link = await TradingClient.EventuallyAsync(() => Task.FromResult(SetUpLink().Match(app.Log).Value), found => found.Length > 0);
        var page = await browser.OpenAsync(new Uri(link));
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Add(message.Text);
        };

        await ChoosePasswordAsync(page);
        await page.Locator(".demo-offer .button.primary").ClickAsync();
        await page.Locator(".band.demo").WaitForAsync();
        await page.Locator("nav a[href='/lock']").ClickAsync();
        await page.EvalOnSelectorAsync("main#content", "content => content.dataset.whole = 'run'");

        await AddGoldRuleAsync(page);
        await FiredAsync(page, "SHFE.au2509", "价格达到目标: 782");
        await ConfirmAsync(page);
        (await page.Locator("main#content").GetAttributeAsync("data-whole")).ShouldBe("run", "the page was loaded again");

        await SwitchThemeAndLanguageAsync(page);
        errors.ShouldBeEmpty();
    }

    private static async Task ChoosePasswordAsync(IPage page)
    {
        await page.Locator("input[name=password]").FillAsync("correct-horse-battery");
        await page.Locator("input[name=repeat]").FillAsync("correct-horse-battery");
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();
    }

    /// <summary>Gold starts at 780 and is taken to 784: one of two lots is locked on the way.</summary>
    private static async Task AddGoldRuleAsync(IPage page)
    {
        await page.Locator(".page-head .button.primary").ClickAsync();
        await page.Locator("#symbol").FillAsync("SHFE.au2509");
        await page.Locator("#rule-form .segments >> nth=1 >> button >> nth=0").ClickAsync();
        await page.Locator("#rule-form input[type=checkbox] >> nth=0").UncheckAsync();
        await page.Locator("#rule-form input[type=checkbox] >> nth=1").CheckAsync();
        await page.Locator("#price").FillAsync("782");
        await page.Locator("#ratio").FillAsync("50");
        await page.Locator("dialog.dialog footer .button.primary").ClickAsync();
        await page.Locator("#rule-form").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static Task FiredAsync(IPage page, string symbol, string sentence) =>
        page.Locator("#triggers tr", new() { HasText = symbol }).Filter(new() { HasText = sentence }).Filter(new() { HasText = "已执行" }).First
            .WaitForAsync(new() { Timeout = Patience });

    private static async Task ConfirmAsync(IPage page)
    {
        var waiting = page.Locator("article.waiting", new() { HasText = "DCE.v2505" });
        await waiting.Locator(".button.primary").ClickAsync(new() { Timeout = Patience });
        await waiting.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await FiredAsync(page, "DCE.v2505", "价格达到目标: 2800");
        await page.Locator("#locks tr", new() { HasText = "DCE.v2505" }).WaitForAsync();
    }

    private static async Task SwitchThemeAndLanguageAsync(IPage page)
    {
        (await page.Locator("html").GetAttributeAsync("data-theme")).ShouldBe("dark");
        await page.Locator(".display button.icon-only").ClickAsync();
        await page.Locator("html[data-theme=light]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator(".display a[lang=en]").ClickAsync();
        await page.Locator("html[lang=en] h1", new() { HasText = "Locks" }).WaitForAsync();
        await page.Locator("#locks tr", new() { HasText = "DCE.v2505" }).WaitForAsync();
        (await page.Locator("html").GetAttributeAsync("data-theme")).ShouldBe("light", "the theme is remembered");
    }

    [GeneratedRegex(@"http\S+/setup\?token=\S+")]
    private static partial Regex SetUpLink();
}
