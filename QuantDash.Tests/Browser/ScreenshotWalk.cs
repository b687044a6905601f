using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

[Collection(OneAtATime.Name)]
public sealed class ScreenshotWalk(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", "/"),
        ("market", "/market?symbol=DCE.v2505"),
        ("positions", "/positions"),
        ("locks", "/lock"),
        ("rule-form", "/lock?new=1"),
        ("system", "/system"),
    ];

    [BrowserFact]
    public async Task EveryPage_WithSampleData_IsWhole()
    {
        await using var app = new SampleApp();

        (await new ScreenWalk(browser.Browser, app.Address).WalkAsync(Pages)).ShouldBeEmpty();
    }
}
