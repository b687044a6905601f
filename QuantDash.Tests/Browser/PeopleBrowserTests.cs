using Microsoft.Playwright;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>People at work in real browsers: one is added, sees no button that trades, and is put out while its page is open.</summary>
[Collection(BrowsersInTurn.Name)]
[Trait(Profile.Reliability, "E3")]
public sealed class PeopleBrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "correct-horse-battery";
    private const string Chosen = "seventeen purple otters";

    [BrowserFact]
    public async Task Viewer_AddedOnThePage_SeesNoCommand_AndIsPutOutWithinHalfAMinuteOfTheLock()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string> { ["QuantDash__Auth__AdminPassword"] = Password, ["QuantDash__Demo"] = "true" });
        var admin = await SignedInAsync(app, "admin", Password);
        await admin.GotoAsync(new Uri(app.Address, "/settings/people").ToString());
        await admin.Locator("#new-name").FillAsync("anna");
        await admin.Locator("#add-person").ClickAsync();
        var link = await admin.Locator("#invite-link").InnerTextAsync();

        var anna = await browser.OpenAsync(new Uri(link));
        await anna.Locator("input[name=password]").FillAsync(Chosen);
        await anna.Locator("input[name=repeat]").FillAsync(Chosen);
        await anna.Locator("button[type=submit]").ClickAsync();
        await anna.Locator("main#content").WaitForAsync();
        await anna.GotoAsync(new Uri(app.Address, "/lock").ToString());
        await anna.Locator(".table tbody tr").First.WaitForAsync();
        (await anna.Locator("#from-template, #import-rules, #emergency, .table .actions button").CountAsync()).ShouldBe(0);
        (await anna.Locator("nav.segments a[href='/settings/people']").CountAsync()).ShouldBe(0);

        await admin.Locator("[data-person=anna] [data-act=lock]").ClickAsync();
        await anna.WaitForURLAsync("**/sign-in**", new() { Timeout = 30_000 });
        (await app.StopAsync()).ShouldBe(0, app.Log);
    }

    private async Task<IPage> SignedInAsync(AppProcess app, string name, string password)
    {
        var page = await browser.OpenAsync(app.Address);
        await page.Locator("input[name=name]").FillAsync(name);
        await page.Locator("input[name=password]").FillAsync(password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();
        return page;
    }
}
