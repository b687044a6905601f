using System.Reflection;
using Microsoft.AspNetCore.Components;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Browser;

/// <summary>Beside the other tests, not one at a time: for most of its minutes it waits for the demo, and no deadline in it is short.</summary>
public sealed class ScreenshotWalk(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    internal static readonly IReadOnlyList<ScreenPage> Pages =
    [
        new("overview", "/"),
        new("market", "/market?symbol=DCE.v2505"),
        new("market-candles", "/market?symbol=CZCE.TA2505", page => page.Locator(".price .card-actions button, .price header .segments button").Last.ClickAsync()),
        new("positions", "/positions"),
        new("ticket-lock", "/positions", page => page.Locator("main .actions .button:not(.quiet)").First.ClickAsync()),
        new("ticket-close", "/positions", page => page.Locator("main .actions .button.quiet").First.ClickAsync()),
        new("orders", "/orders"),
        new("trades", "/trades"),
        new("ticket-free", "/positions?order=buy", Ready: "dialog.dialog .sides"),
        new("protection", "/protection"),
        new("reconciliation", "/reconciliation"),
        new("locks", "/lock"),
        new("rule-form", "/lock?new=1", Ready: "#rule-form"),
        new("rule-form-ladder", "/lock?new=1", page => page.Locator("#ladder").CheckAsync(), Ready: "#rule-form"),
        new("from-template", "/lock", page => page.Locator("#from-template").ClickAsync()),
        new("distance", "/lock/distance"),
        new("rehearsal", "/lock/rehearsal", page => page.Locator("#rehearse").ClickAsync(), Ready: "#rehearse"),
        new("lock-backtest", "/lock/backtest", page => page.Locator("#lb-run").ClickAsync(), Ready: "#lb-run"),
        new("lock-report", "/lock/report"),
        new("lock-history", "/lock/history"),
        new("backtests", "/backtests"),
        new("backtests-compare", "/backtests/compare"),
        new("account", "/account"),
        new("account-cash", "/account/cash"),
        new("account-book-cash", "/account/cash", page => page.Locator("#book-cash").ClickAsync()),
        new("account-settlements", "/account/settlements"),
        new("strategies", "/strategy"),
        new("strategy-form", "/strategy", page => page.Locator("#new-strategy").ClickAsync()),
        new("bridge", "/bridge"),
        new("system", "/system"),
        new("diagnosis", "/system/diagnosis"),
        new("jobs", "/jobs"),
        new("audit", "/audit"),
        new("ticks", "/system/ticks"),
        new("data", "/system/data"),
        new("replay", "/system/replay", page => page.Locator("form.replay .button.primary").ClickAsync()),
        new("settings-security", "/settings/security"),
        new("settings-people", "/settings/people"),
        new("settings-keys", "/settings/keys"),
        new("settings-accounts", "/settings/accounts"),
        new("settings-limits", "/settings/limits"),
        new("settings-notifications", "/settings/notifications"),
        new("settings-appearance", "/settings/appearance"),
        new("glossary", "/help/glossary"),
        new("channel-form", "/settings/notifications", page => page.Locator("#add-channel").ClickAsync()),
        new("sign-out", "/sign-out", Ready: "h1"),
    ];

    /// <summary>Addresses that only lead on to another page, and the page of a result, which the demo has none of: BacktestPagesTests draw it.</summary>
    private static readonly string[] Detours = ["/settings", "/system/jobs", "/system/audit", "/backtests/{Id:guid}"];

    [Fact]
    public void EveryPageOfTheProgram_IsInTheWalk()
    {
        var walked = Pages.Select(page => page.Path.Split('?')[0]).ToHashSet();
        var routes = typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template).ToList();
        routes.Count.ShouldBeGreaterThan(20);
        // The page of one thing out of a list is looked at beside its list.
        routes.Select(route => route.Split("/{")[0]).Where(route => !walked.Contains(route) && !Detours.Contains(route)).ShouldBeEmpty();
    }

    /// <summary>docs/screens.md shows each of them, as `./screenshots.sh` took them.</summary>
    [Fact]
    public void EveryPage_IsInTheDocuments()
    {
        var text = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "screens.md"));
        foreach (var page in Pages)
        {
            text.ShouldContain($"(screens/{page.Name}-desk-dark-en.jpg)", customMessage: "./screenshots.sh takes it, and docs/screens.md shows it");
            File.Exists(Path.Combine(TestData.RepositoryRoot, "docs", "screens", $"{page.Name}-desk-dark-en.jpg")).ShouldBeTrue(page.Name);
        }
    }

    /// <summary>One run of the demo for all of them: what is looked at is what a trader has after three minutes.</summary>
    [BrowserFact]
    public async Task EveryPage_OfTheRealAppAfterTheDemo_IsWhole()
    {
        await using var demo = await DemoRun.StartAsync();
        var session = await demo.SignInAsync(browser.Browser);

        var wrong = new List<string>(await new ScreenWalk(browser.Browser, demo.Address) { Session = session }.WalkAsync(Pages));
        wrong.AddRange(await new ScreenWalk(browser.Browser, demo.Address).WalkAsync([new("sign-in", "/sign-in", Ready: "h1")]));

        wrong.ShouldBeEmpty();
    }
}
