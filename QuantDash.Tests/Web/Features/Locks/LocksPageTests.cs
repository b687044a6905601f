using Bunit;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

public sealed class LocksPageTests : ScreenContext
{
    [Fact]
    public void Page_BusyMorning_ShowsWhatWaitsFirst()
    {
        var page = Render<LocksPage>();

        page.Find(".waiting").TextContent.ShouldContain("DCE.v2505");
        page.Find(".waiting").TextContent.ShouldContain("price reached: 2799 ≤ 2800");
        page.Find(".waiting .consequences").TextContent.ShouldContain("to unwind");
        page.FindAll(".figure .value").Select(v => v.TextContent.Trim()).ShouldBe(["1", "3", "+11,080", "1", "1"]);
    }

    [Fact]
    public void Rule_ThatCouldNotExecuteNow_IsMarkedAndSaysWhatItNeeds()
    {
        var snapshot = SampleSnapshot.At(SampleSnapshot.Now);
        Publish(snapshot with { Accounts = [snapshot.Accounts[0] with { Funds = snapshot.Accounts[0].Funds with { Available = 250m } }] });
        var page = Render<LocksPage>();

        page.WaitForElements("[data-ready=margin_short]").ShouldNotBeEmpty();
        page.FindAll("tr.clickable").First(row => row.QuerySelector("[data-ready=margin_short]") is not null).Click();

        page.WaitForElement("#readiness [data-finding=margin_short]").TextContent.ShouldContain("and 250 is available");
    }

    [Fact]
    public void Rule_WithEverythingInPlace_SaysThatItCould()
    {
        var page = Render<LocksPage>();
        page.FindAll("tr.clickable").First(row => row.TextContent.Contains("SHFE.au2509", StringComparison.Ordinal) && row.QuerySelector("[data-ready]") is null).Click();
        page.WaitForElement("#readiness .good").TextContent.ShouldContain("lots");
    }

    [Fact]
    public void ConfirmLock_Clicked_SendsThePriceThatStoodThere()
    {
        var page = Render<LocksPage>();

        page.Find(".waiting .button.primary").Click();

        Locks.Confirmed.ShouldBe([(SampleSnapshot.WaitingTrigger, new Price(2806), false)]);
    }

    [Fact]
    public void ConfirmLock_PriceMovedMeanwhile_AsksAgainAtTheNewPrice()
    {
        Locks.Refusal = new("price", "price_moved", 2806m, 2820m, 10);
        var page = Render<LocksPage>();
        page.Find(".waiting .button.primary").Click();
        page.Find(".waiting .notice").TextContent.ShouldContain("2820");

        page.WaitForElement(".waiting .button.primary").TextContent.ShouldContain("Confirm at");
        page.Find(".waiting .button.primary").Click();

        Locks.Confirmed[^1].Force.ShouldBeTrue();
    }

    [Fact]
    public void Skip_Clicked_CancelsTheTrigger()
    {
        var page = Render<LocksPage>();

        page.FindAll(".waiting .button")[1].Click();

        Locks.Cancelled.ShouldBe([SampleSnapshot.WaitingTrigger]);
    }

    [Fact]
    public void Trigger_Answered_LeavesTheWaitingCardByItself()
    {
        var page = Render<LocksPage>();
        var now = SampleSnapshot.At(SampleSnapshot.Now);

        Publish(now with { Triggers = [.. now.Triggers.Select(t => t.Id == SampleSnapshot.WaitingTrigger ? t with { Status = TriggerStatus.Executed } : t)] });

        page.WaitForAssertion(() => page.FindAll("article.waiting").ShouldBeEmpty());
    }

    [Fact]
    public void Rule_SwitchedOff_IsSavedDisabled()
    {
        var page = Render<LocksPage>();

        page.Find("button[title='Switch off']").Click();

        Locks.Saved.ShouldHaveSingleItem().IsEnabled.ShouldBeFalse();
    }

    [Fact]
    public void Rule_Deleted_AsksFirst()
    {
        var page = Render<LocksPage>();

        page.Find("button[title='Delete']").Click();
        Locks.Deleted.ShouldBeEmpty();
        page.Find("dialog").TextContent.ShouldContain("stops watching at once");
        page.Find("#bulk-do").Click();

        Locks.Deleted.Count.ShouldBe(1);
        page.FindAll("dialog").ShouldBeEmpty();
    }

    [Fact]
    public void NewRule_SavedEmpty_SaysWhatIsMissingUnderTheField()
    {
        var page = Open();

        page.Find("form").Submit();

        page.FindAll(".field .error").Select(e => e.TextContent).ShouldContain("Required.");
        Locks.Saved.ShouldBeEmpty();
    }

    [Fact]
    public void NewRule_HoldsAlready_AsksOnceMoreThenSaves()
    {
        var page = Open();
        page.Find("#profit").Change("100");

        page.Find("form").Submit();
        page.Find("form .notice").TextContent.ShouldContain("fires at once");
        Locks.Saved.ShouldBeEmpty();
        page.Find("form").Submit();

        Locks.Saved.ShouldHaveSingleItem().ProfitLockThreshold.ShouldBe(100);
    }

    [Fact]
    public void NewRule_RefusedByTheEngine_ShowsTheSentence()
    {
        Locks.Refusal = new("id", "rule_executing", Guid.Empty);
        var page = Open();
        page.Find("#profit").Change("1,000,000");

        page.Find("form").Submit();

        page.FindAll("form .notice").ShouldNotBeEmpty();
        page.FindAll("dialog").ShouldNotBeEmpty();
    }

    [Fact]
    public void Page_NoAccount_OffersNothingToPress()
    {
        Snapshots.Publish(new EngineSnapshot { Recovered = true });

        var page = Render<LocksPage>();

        page.FindAll(".page-head .button").ShouldBeEmpty();
        page.Markup.ShouldContain("No rules yet");
    }

    private IRenderedComponent<LocksPage> Open()
    {
        var page = Render<LocksPage>();
        page.Find(".page-head .button.primary").Click();
        return page;
    }
}
