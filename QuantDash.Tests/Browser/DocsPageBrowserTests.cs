using QuantDash.Tests.Scenarios;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

[Collection(BrowsersInTurn.Name)]
public sealed class DocsPageBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";

    /// <summary>Its scripts come from our own files, and nothing in it asks for what our policy forbids.</summary>
    [BrowserFact]
    public async Task DocsPage_InARealBrowser_ShowsTheOperationsAndTheirExamples_WithoutAnError()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string> { ["QuantDash__Auth__AdminPassword"] = Password });
        var page = await browser.OpenAsync(app.Address);
        await page.Locator("input[name=name]").FillAsync("admin");
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();

        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Add(message.Text);
        };
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(new Uri(app.Address, "docs/index.html").ToString());
        await page.Locator(".opblock").First.WaitForAsync();
        var order = page.Locator(".opblock-post").Filter(new() { Has = page.Locator("[data-path='/api/orders']") });
        await TradingClient.EventuallyAsync(() => ScrolledAsync(page, order), found => found == 1); // Of so many operations it draws those that are in sight.
        await order.Locator(".opblock-summary-control").ClickAsync();
        await order.Locator(".opblock-body").GetByText("account_id").First.WaitForAsync();
        errors.ShouldBeEmpty();
        (await app.StopAsync()).ShouldBe(0, app.Log);
    }

    private static async Task<int> ScrolledAsync(Microsoft.Playwright.IPage page, Microsoft.Playwright.ILocator wanted)
    {
        if (await wanted.CountAsync() == 0) await page.Mouse.WheelAsync(0, 500);
        return await wanted.CountAsync();
    }
}
