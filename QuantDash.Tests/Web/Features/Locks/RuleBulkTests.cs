using Bunit;
using QuantDash.Core.Locking;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

/// <summary>Many rules at once by their tick boxes: what is done, what refuses, and what was said before.</summary>
public sealed class RuleBulkTests : ScreenContext
{
    [Fact]
    public void Header_Ticked_TicksWhatTheFilterShows()
    {
        var page = Render<LocksPage>();
        page.Find("#rule-filter").Input("TA2505");

        page.Find("#tick-shown").Change(true);
        page.Find("#rule-filter").Input("");

        page.Find("#ticked").TextContent.ShouldBe("2 ticked");
        page.FindAll("td.tick input").Count(box => box.HasAttribute("checked")).ShouldBe(2);
    }

    [Fact]
    public void Ticked_HiddenByTheFilter_SaysSo()
    {
        var page = Render<LocksPage>();
        Tick(page, "TA2505");

        page.Find("#rule-filter").Input("au2509");

        page.Find("#ticked").TextContent.ShouldBe("2 ticked, 2 of them not shown");
    }

    [Fact]
    public void Disable_SaysTheNumbersBeforeAnythingIsWritten()
    {
        var page = Render<LocksPage>();
        page.Find("#tick-shown").Change(true);

        page.Find("#bulk-disable").Click();

        Locks.Saved.ShouldBeEmpty();
        page.Find("#rule-bulk .sums").TextContent.ShouldContain("演示账户: 6 rules · 3 armed · 1 with an open firing · 0 refused · 1 off already");
        page.FindAll("#rule-bulk tr[data-kind]").Select(tr => tr.GetAttribute("data-kind")).ShouldBe(["already", "ready", "ready", "ready", "ready", "ready"]);
        page.Find("#rule-bulk").TextContent.ShouldContain("cancels its open firing");
    }

    [Fact]
    public void Disable_Confirmed_SwitchesOffOnlyThoseThatAreOn()
    {
        var page = Render<LocksPage>();
        page.Find("#tick-shown").Change(true);
        page.Find("#bulk-disable").Click();

        page.Find("#bulk-do").Click();

        Locks.Saved.Count.ShouldBe(5);
        Locks.Saved.ShouldAllBe(rule => !rule.IsEnabled && rule.UpdatedAt == SampleSnapshot.Now);
        page.FindAll("dialog").ShouldBeEmpty();
        page.Find("#ticked").TextContent.ShouldBe("1 ticked");
        page.Find("#untick").Click();
    }

    [Fact]
    public void Delete_OneIsExecuting_NamesItAndDeletesTheOthers()
    {
        (Locks.Refusal, Locks.Refuses) = (new("id", "rule_executing", SampleSnapshot.ProfitRule), rule => rule.Id == SampleSnapshot.ProfitRule);
        var page = Render<LocksPage>();
        Tick(page, "TA2505");

        page.Find("#bulk-delete").Click();
        page.Find("tr[data-kind=refused]").TextContent.ShouldContain("is being executed");
        page.Find("#bulk-do").TextContent.ShouldBe("Delete 1 rule");
        page.Find("#bulk-do").Click();

        Locks.Deleted.ShouldHaveSingleItem().ShouldNotBe(SampleSnapshot.ProfitRule);
        page.Find("#ticked").TextContent.ShouldBe("1 ticked");
    }

    [Fact]
    public void Delete_AFiringOpenedMeanwhile_DoesNothingAndSaysTheNewNumbers()
    {
        var page = Render<LocksPage>();
        Tick(page, "TA2505");
        page.Find("#bulk-delete").Click();
        var now = SampleSnapshot.At(SampleSnapshot.Now);
        Publish(now with { Triggers = [.. now.Triggers, now.Triggers[0] with { Id = Guid.NewGuid(), ConfigId = now.Rules[2].Rule.Id }] });

        page.Find("#bulk-do").Click();

        Locks.Deleted.ShouldBeEmpty();
        page.WaitForElement("#rule-bulk .notice").TextContent.ShouldContain("nothing was done");
        page.Find("#rule-bulk .sums").TextContent.ShouldContain("2 with an open firing");
        page.Find("#bulk-do").Click();
        page.WaitForAssertion(() => Locks.Deleted.Count.ShouldBe(2));
    }

    [Fact]
    public void Disable_Done_IsSaidInTheBar()
    {
        var page = Render<LocksPage>();
        Tick(page, "TA2505");
        page.Find("#bulk-disable").Click();

        page.Find("#bulk-do").Click();

        page.Find(".bar [role=status]").TextContent.ShouldBe("2 rules switched off.");
    }

    [Fact]
    public void Enable_RuleThatHoldsAlready_SaysThatItFires()
    {
        var now = SampleSnapshot.At(SampleSnapshot.Now);
        Snapshots.Publish(now with { Rules = [.. now.Rules.Select(r => r with { Rule = r.Rule with { IsEnabled = false, ProfitLockThreshold = r.Rule.ProfitLockThreshold / 100 } })] });
        var page = Render<LocksPage>();
        Tick(page, "au2509");

        page.Find("#bulk-enable").Click();

        page.Find("#rule-bulk .notice").TextContent.ShouldContain("fire at once");
        page.Find("#bulk-do").ClassList.ShouldContain("danger");
    }

    [Fact]
    public void Enable_RuleWhoseDayHasPassed_IsRefusedWithTheField()
    {
        var now = SampleSnapshot.At(SampleSnapshot.Now);
        Snapshots.Publish(now with { Rules = [.. now.Rules.Select(r => r with { Rule = r.Rule with { IsEnabled = false, ValidUntil = SampleSnapshot.Now.AddDays(-1) } })] });
        var page = Render<LocksPage>();
        Tick(page, "au2509");

        page.Find("#bulk-enable").Click();

        page.FindAll("tr[data-kind=refused] code").Select(code => code.TextContent).ShouldBe(["valid_until", "valid_until"]);
        page.Find("#bulk-do").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public void Export_NothingTicked_IsWhatIsShown_ElseTheTicked()
    {
        var page = Render<LocksPage>();
        page.Find(".export").TextContent.ShouldContain("Export 6");

        Tick(page, "TA2505");

        page.Find(".export").TextContent.ShouldContain("Export 2");
    }

    [Fact]
    public void Rule_WithATimeOnly_SaysWhenInPlaceOfALevel()
    {
        var now = SampleSnapshot.At(SampleSnapshot.Now);
        var view = now.Rules[2];
        var timed = view with
        {
            Rule = view.Rule with { StopLossPrice = null, TriggerType = TriggerType.Time, TriggerTime = TriggerTime.BeforeClose(5) },
            Conditions = [new() { Kind = ConditionKind.Time, Live = true, ActsAt = new DateTimeOffset(2026, 11, 20, 6, 55, 0, TimeSpan.Zero) }],
        };
        Snapshots.Publish(now with { Rules = [timed] });

        var page = Render<LocksPage>();

        page.Find("tr.clickable .when").TextContent.ShouldBe("→ 11-20 14:55:00");
    }

    /// <summary>A price of gold is no reason to draw PTA again.</summary>
    [Fact]
    public void Prices_OfOthers_DoNotDrawARuleAgain()
    {
        var page = Render<LocksPage>();
        var lines = page.FindComponents<RuleLine>();
        var (gold, line) = (lines.First(l => l.Instance.Row is { Symbol: "SHFE.au2509", State: ArmState.Armed }), lines.First(l => l.Instance.Row.State == ArmState.Done));
        var drawn = line.RenderCount;

        Publish(SampleSnapshot.At(SampleSnapshot.Now, 2));
        page.WaitForAssertion(() => gold.RenderCount.ShouldBeGreaterThan(drawn));
        line.RenderCount.ShouldBe(drawn);

        line.Find("td.tick input").Change(true);
        page.WaitForAssertion(() => line.RenderCount.ShouldBe(drawn + 1));
    }

    private static void Tick(IRenderedComponent<LocksPage> page, string filter)
    {
        page.Find("#rule-filter").Input(filter);
        page.Find("#tick-shown").Change(true);
        page.Find("#rule-filter").Input("");
    }
}
