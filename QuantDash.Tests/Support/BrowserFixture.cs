using Microsoft.Playwright;

namespace QuantDash.Tests.Support;

/// <summary>Debian's Chromium, driven by Playwright; one browser for one test class (IClassFixture), one context a page.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", // the tests run as root
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    /// <summary>Milliseconds. A busy machine is no mistake of a page.</summary>
    public const float Patience = 120_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("No Chromium here: mark the test [BrowserFact]");

    public async Task InitializeAsync()
    {
        if (Requirements.Browser is not null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Requirements.ChromiumPath, Args = Arguments, Timeout = Patience });
    }

    /// <summary>A page with cookies of its own. Width and height in CSS pixels.</summary>
    public async Task<IPage> OpenAsync(Uri address, int width = 1440, int height = 900, string locale = "zh-CN")
    {
        var context = await Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = locale });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.ToString());
        return page;
    }

    /// <summary>The same, signed in as the administrator.</summary>
    public async Task<IPage> SignInAsync(Uri address, string password, string locale = "zh-CN")
    {
        var page = await OpenAsync(address, locale: locale);
        await page.Locator("input[name=name]").FillAsync("admin");
        await page.Locator("input[name=password]").FillAsync(password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();
        return page;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
