using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

[Collection(BrowsersInTurn.Name)]
public sealed class InstallBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";

    /// <summary>A test's own window is an incognito one, in which nothing can be installed: that is the only hindrance.</summary>
    [BrowserFact]
    public async Task Cockpit_InARealBrowser_CanBeInstalled()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string> { ["QuantDash__Auth__AdminPassword"] = Password });
        var page = await browser.OpenAsync(app.Address);
        await page.Locator("input[name=name]").FillAsync("admin");
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();

        var devtools = await page.Context.NewCDPSessionAsync(page);
        var manifest = (await devtools.SendAsync("Page.getAppManifest")).ShouldNotBeNull();
        manifest.GetProperty("errors").GetArrayLength().ShouldBe(0, manifest.ToString());
        manifest.GetProperty("url").GetString()!.ShouldContain("/manifest.webmanifest?lang=");
        var hindrances = (await devtools.SendAsync("Page.getInstallabilityErrors")).ShouldNotBeNull().GetProperty("installabilityErrors");
        hindrances.EnumerateArray().Select(error => error.GetProperty("errorId").GetString()).ShouldBeSubsetOf(["in-incognito"], hindrances.ToString());
        (await app.StopAsync()).ShouldBe(0, app.Log);
    }
}
