using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

[Collection(OneAtATime.Name)]
public sealed class FirstPageBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    /// <summary>Nothing is prerendered, so a heading proves that Blazor's script came and the circuit connected.</summary>
    [BrowserFact]
    public async Task FirstPage_InARealBrowser_ComesAlive_AndAgainByItselfAfterAKill()
    {
        await using var app = await AppProcess.StartAsync();
        var page = await browser.OpenAsync(app.Address);
        await page.Locator("h1").First.WaitForAsync();

        await page.EvalOnSelectorAsync("h1", "heading => heading.dataset.before = 'kill'");

        app.Kill();
        await app.StartAgainAsync();
        await page.Locator("h1:not([data-before])").First.WaitForAsync();
        (await app.StopAsync()).ShouldBe(0);
    }
}
