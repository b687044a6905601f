using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks.Backtests;

namespace QuantDash.Tests.Web.Features.Locks;

/// <summary>锁仓回测, over the real desk and stored ticks.</summary>
public sealed class LockBacktestPageTests : ScreenContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly LockBacktestRig _rig = new(5500, 5560, 5600, 5720, 5640, 5500);

    public LockBacktestPageTests()
    {
        Services.AddSingleton<ILockBacktestDesk>(_rig.Desk);
        Services.AddSingleton(_rig.Judge);
    }

    [Fact]
    public void Page_BeforeAnything_SaysWhatToDo()
    {
        var page = Render<LockBacktestPage>();
        page.Find("#lb-rule").QuerySelectorAll("option").Length.ShouldBeGreaterThan(0);
        page.Find(".stack").TextContent.ShouldContain("press Run");
        page.FindAll("#lb-answer").ShouldBeEmpty();
    }

    [Fact]
    public void RuleWithoutStoredPrices_SaysHowToGetThem()
    {
        var page = Choose(rule => rule.Symbol == SampleSnapshot.Gold.Symbol);
        page.FindAll("#lb-run").ShouldBeEmpty();
        page.Find(".none").TextContent.ShouldContain("SHFE.au2509");
        page.Find(".none a").GetAttribute("href").ShouldBe("/system/ticks");
    }

    [Fact]
    public void WouldItHaveFired_AnswersInASentence_WithFiringsAndPictures()
    {
        var page = Run(rule => rule.Id == SampleSnapshot.ProfitRule, _ => { });
        page.Find("#lb-answer").TextContent.ShouldStartWith("Yes: it would have fired 1 time, first at 2025-01-06 09:30:0");
        page.FindAll("figure.chart").Count.ShouldBe(2);
        page.Find("table.table.compact.cards tbody").TextContent.ShouldContain("Profit");
        page.Markup.ShouldContain("6 stored ticks of demo, 2025-01-06 09:30:00 to 2025-01-06 09:30:05.");
    }

    [Fact]
    public void FiredWithoutTheFunds_SaysThatNothingWasFilled()
    {
        var page = Run(rule => rule.Id == SampleSnapshot.ProfitRule, form => form.Find("#lb-cash").Change("20000"));
        page.Find("#lb-answer").TextContent.ShouldStartWith("Yes");
        page.Find(".notice.warn").TextContent.ShouldContain("nothing of it was filled");
    }

    [Fact]
    public void Compare_ShowsThreeWays()
    {
        var page = Run(rule => rule.Id == SampleSnapshot.ProfitRule, form => form.Find("#lb-Compare").Click());
        page.Find("#lb-answer").TextContent.ShouldContain("would have been best");
        page.Find("#lb-figures").QuerySelectorAll("tbody tr td:first-child").Select(cell => cell.TextContent).ShouldBe(["Lock", "Close", "Hold"]);
    }

    [Fact]
    public void OtherValues_AreHeldAgainstTheRule()
    {
        var page = Run(rule => rule.Id == SampleSnapshot.ProfitRule, form =>
        {
            form.Find("#lb-Change").Click();
            form.Find("#lb-change-ProfitThreshold").Change("900000");
        });
        page.Find("#lb-answer").TextContent.ShouldContain("0 firings instead of 1");
    }

    [Fact]
    public void Sweep_DrawsAMap_WithTheBestOneMarked()
    {
        var page = Run(rule => rule.Id == SampleSnapshot.ProfitRule, form =>
        {
            form.Find("#lb-Sweep").Click();
            form.Find("#lb-two").Change(true);
            form.Find("#lb-x-count").Change("3");
            form.Find("#lb-y-of").Change("LockRatio");
            form.Find("#lb-y-count").Change("2");
        });
        page.FindAll("#lb-map td.heat").Count.ShouldBe(6);
        page.FindAll("#lb-map td.best").ShouldHaveSingleItem();
        page.Find("#lb-answer").TextContent.ShouldStartWith("Best: Profit threshold");
    }

    [Fact]
    public void WrongFields_AreNamedBesideThem()
    {
        var page = Choose(rule => rule.Id == SampleSnapshot.ProfitRule);
        page.Find("#lb-first").Click();
        page.Find("#lb-lots").Change("0");
        page.Find("#lb-from").Change("2025-01-07");
        page.Find("#lb-to").Change("2025-01-06");
        page.Find("form").Submit();
        page.FindAll(".field .error").Count.ShouldBe(2);
        page.FindAll("#lb-answer").ShouldBeEmpty();
    }

    [Fact]
    public void AddressedRule_IsChosen()
    {
        var rule = Snapshots.Current.Rules.Last(view => view.Rule.AccountId == SampleSnapshot.Demo && !view.Rule.Unlocks).Rule;
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/lock/backtest?rule={rule.Id}");
        Render<LockBacktestPage>().Find("#lb-rule option[selected]").GetAttribute("value").ShouldBe(rule.Id.ToString());
    }

    [Fact]
    public void Preview_InTheForm_TellsWhatTheEditedValuesWouldHaveChanged()
    {
        var rule = Snapshots.Current.Rules.Single(view => view.Rule.Id == SampleSnapshot.ProfitRule).Rule;
        var preview = Render<ChangePreview>(parameters => parameters.Add(one => one.Before, rule).Add(one => one.After, () => Outcome<LockRule>.Success(rule with { ProfitLockThreshold = 1_000m })));
        preview.Find("#preview-change").Click();
        Wait(preview, ".answer");
        preview.Find(".answer").TextContent.ShouldContain("1 firing instead of 0");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _rig.Dispose();
    }

    private IRenderedComponent<LockBacktestPage> Choose(Func<LockRule, bool> which)
    {
        var page = Render<LockBacktestPage>();
        page.Find("#lb-rule").Change(Snapshots.Current.Rules.First(view => which(view.Rule)).Rule.Id.ToString());
        return page;
    }

    private IRenderedComponent<LockBacktestPage> Run(Func<LockRule, bool> which, Action<IRenderedComponent<LockBacktestPage>> fill)
    {
        var page = Choose(which);
        page.Find("#lb-first").Click();
        page.Find("#lb-lots").Change("10");
        fill(page);
        page.Find("form").Submit();
        Wait(page, "#lb-answer");
        return page;
    }

    /// <summary>The run is on threads of its own; the clock of the page stands still unless it is moved.</summary>
    private void Wait<T>(IRenderedComponent<T> page, string selector)
        where T : IComponent
    {
        SpinWait.SpinUntil(
            () =>
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
                return page.FindAll(selector).Count > 0;
            },
            Patience).ShouldBeTrue(page.Markup);
    }
}
