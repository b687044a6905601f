using System.Text;
using Microsoft.Playwright;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>The Locks page by mouse and keyboard, on the running demo.</summary>
public sealed class LocksPageBrowserTests(BrowserFixture browser, LocksPageBrowserTests.Demo demo) : IClassFixture<BrowserFixture>, IClassFixture<LocksPageBrowserTests.Demo>
{
    private const string Password = "correct-horse-battery";
    private const float Patience = 150_000;

    /// <summary>Gold goes from 780 to 784: of the two lots, one is locked at 781 and the other at 782.</summary>
    [BrowserFact]
    public async Task Ladder_BuiltByForm_ShowsItsStagesAsTheyAreDone()
    {
        await using var app = await DemoAsync();
        var page = await OpenAsync(app);

        await page.Locator(".page-head .button.primary").ClickAsync();
        await page.Locator("#symbol").FillAsync("SHFE.au2509");
        await page.Locator("#rule-form .segments >> nth=1 >> button >> nth=0").ClickAsync();
        await page.Locator("#rule-form input[type=checkbox] >> nth=0").UncheckAsync();
        await page.Locator("#ladder").CheckAsync();
        foreach (var (level, share, stage) in new[] { ("781", "50", 0), ("782", "50", 1) })
        {
            await page.Locator($"#stage-level-{stage}").FillAsync(level);
            await page.Locator($"#stage-share-{stage}").FillAsync(share);
        }

        await page.Locator(".ladder li >> nth=2 >> button").ClickAsync();
        await page.Locator(".ladder .sum", new() { HasText = "100%" }).WaitForAsync();
        await page.Locator("dialog.dialog footer .button.primary").ClickAsync();
        await page.Locator("#rule-form").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.Locator("tr.clickable", new() { HasText = "SHFE.au2509" }).Filter(new() { HasText = "→ 781" }).ClickAsync();
        await page.Locator("ol.stages li").First.WaitForAsync();
        (await page.Locator("ol.stages li").CountAsync()).ShouldBe(2);
        await page.Locator("ol.stages li[data-state=Done] >> nth=1").WaitForAsync(new() { Timeout = Patience });
    }

    [BrowserFact]
    public async Task Template_ForTheChosenLegs_MakesARuleForEach()
    {
        var page = await OpenAsync(demo.App);
        await page.Locator("tr.clickable").First.WaitForAsync();
        var before = await page.Locator("tr.clickable").CountAsync();

        await page.Locator("#from-template").ClickAsync();
        await page.Locator("#template").SelectOptionAsync(new SelectOptionValue { Label = "距均价 20 跳止损" });
        await page.Locator("#bulk tr.leg input:not([disabled])").First.UncheckAsync();
        var chosen = await page.Locator("#bulk tr.leg input:checked").CountAsync();
        chosen.ShouldBeGreaterThan(0);
        await page.Locator("dialog.dialog footer .button.primary").ClickAsync();
        await page.Locator("#bulk").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.Locator($"tr.clickable >> nth={before + chosen - 1}").WaitForAsync();
        (await page.Locator("tr.clickable").CountAsync()).ShouldBe(before + chosen);
    }

    [BrowserFact]
    public async Task Import_OneRowIsBad_SaysWhy_AndFixedBothAreThere()
    {
        var page = await OpenAsync(demo.App);
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#export-csv").ClickAsync());
        await using var exported = await download.CreateReadStreamAsync();
        var account = (await new StreamReader(exported).ReadToEndAsync()).Split('\n')[1].Split(',')[1];
        string Rows(string second) => $"account_id,symbol,direction,trigger_type,trigger_price,note\n{account},DCE.v2505,short,price,2500,from a file\n{account},DCE.v2505,short,price,{second},from a file\n";
        Task ChooseAsync(string text) => page.Locator("#rules-file").SetInputFilesAsync(new FilePayload { Name = "rules.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });

        await page.Locator("#import-rules").ClickAsync();
        await ChooseAsync(Rows("2400.5"));
        await page.Locator("#import tr[data-kind=create]").WaitForAsync();
        (await page.Locator("#import tr[data-kind=refused]").InnerTextAsync()).ShouldContain("trigger_price");
        (await page.Locator("#import-save").IsDisabledAsync()).ShouldBeTrue();

        await ChooseAsync(Rows("2400"));
        await page.Locator("#import tr[data-kind=create] >> nth=1").WaitForAsync();
        await page.Locator("#import-save").ClickAsync();
        await page.Locator("#import").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.Locator("#rule-filter").FillAsync("from a file");
        await Assertions.Expect(page.Locator("tr.clickable")).ToHaveCountAsync(2, new() { Timeout = Patience });
        await page.Locator("tr.clickable", new() { HasText = "2,400" }).WaitForAsync();
    }

    [BrowserFact]
    public async Task Ticked_SwitchedOff_SaysTheNumbersFirst()
    {
        var page = await OpenAsync(demo.App);
        await page.Locator("#rule-filter").FillAsync("au2509");
        await page.Locator("tr.clickable", new() { HasText = "DCE" }).First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        var shown = await page.Locator("tr.clickable").CountAsync();

        await page.Locator("#tick-shown").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Locator("#bulk-disable").ClickAsync();
        await page.Locator("#rule-bulk .sums", new() { HasText = $"{shown} 条规则" }).WaitForAsync();
        (await page.Locator("tr.clickable.off").CountAsync()).ShouldBe(0);
        await page.Locator("#bulk-do").ClickAsync();

        await page.Locator("#rule-bulk").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator($"tr.clickable.off >> nth={shown - 1}").WaitForAsync();
    }

    private static Task<AppProcess> DemoAsync() =>
        AppProcess.StartAsync(new Dictionary<string, string> { ["QuantDash__Auth__AdminPassword"] = Password, ["QuantDash__Demo"] = "true" });

    private async Task<IPage> OpenAsync(AppProcess app)
    {
        var page = await browser.OpenAsync(app.Address);
        await page.Locator("input[name=name]").FillAsync("admin");
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("main#content").WaitForAsync();
        await page.Locator("nav a[href='/lock']").ClickAsync();
        await page.Locator(".page-head .button.primary").WaitForAsync();
        return page;
    }

    /// <summary>One demo for the tests that do not wait for its prices.</summary>
    public sealed class Demo : IAsyncLifetime
    {
        private AppProcess? _app;

        internal AppProcess App => _app ?? throw new InvalidOperationException("No Chromium here: mark the test [BrowserFact]");

        public async Task InitializeAsync()
        {
            if (Requirements.Browser is null) _app = await DemoAsync();
        }

        public async Task DisposeAsync()
        {
            if (_app is not null) await _app.DisposeAsync();
        }
    }
}
