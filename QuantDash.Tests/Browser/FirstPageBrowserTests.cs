using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

[Collection(BrowsersInTurn.Name)]
public sealed class FirstPageBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";

    /// <summary>Nothing is prerendered, so the frame proves that Blazor's script came and the circuit connected. The session outlives the process.</summary>
    [BrowserFact]
    public async Task FirstPage_InARealBrowser_ComesAlive_AndAgainByItselfAfterAKill()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string> { ["QuantDash__Auth__AdminPassword"] = Password });
        var page = await browser.OpenAsync(app.Address);
        await page.Locator("input[name=name]").FillAsync("admin");
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();

        await page.EvalOnSelectorAsync("main#content", "content => content.dataset.before = 'kill'");

        app.Kill();
        await app.StartAgainAsync();
        await page.Locator("main#content:not([data-before])").WaitForAsync(new() { Timeout = 150_000 });
        (await app.StopAsync()).ShouldBe(0, app.Log);
    }
}
