using Bunit;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

/// <summary>解锁条件单 on the locks page: made from the row of its lock, shown plainly among the rules and firings.</summary>
public sealed class UnlockRuleFormTests : ScreenContext
{
    [Fact]
    public void UnlockWhen_OnALock_OpensTheFormWithOnlyWhatMeansSomething_AndSavesThatRule()
    {
        var page = Open();
        page.Find("dialog").TextContent.ShouldContain("New unlock rule");
        page.FindAll("#rearm, #if-refused, #action, #opposite, #use-ladder").ShouldBeEmpty();
        page.FindAll("#time-kind option").Select(option => option.GetAttribute("value")).ShouldContain("CloseTodayRelief");

        page.Find("#price").Change("5000");
        page.Find("#use-relock").Change(true);
        page.Find("#relock-ticks").Change("15");
        page.Find("form").Submit();

        var rule = Locks.Saved.ShouldHaveSingleItem();
        (rule.Action, rule.LockId, rule.Direction, rule.TriggerPrice, rule.RelockTicks).ShouldBe((LockAction.Unlock, Whole.Id, Side.Short, new Price(5000m), 15));
    }

    [Fact]
    public void Form_SavedWithMistakes_SaysThemUnderTheirFields()
    {
        var page = Open();
        page.Find("#price").Change("5000");
        page.Find("#use-relock").Change(true);
        page.Find("#relock-ticks").Change("1001");

        page.Find("form").Submit();

        page.FindAll(".field .error").Select(error => error.TextContent).ShouldContain(error => error.Contains("1000", StringComparison.Ordinal));
        Locks.Saved.ShouldBeEmpty();
    }

    [Fact]
    public void BrokenLock_OffersNoRule() => Render<LocksPage>().FindAll(".unlock-when").Count.ShouldBe(1, "of two locks one is broken");

    [Fact]
    public void Rule_ThatUnlocks_IsTaggedInTheLists()
    {
        var snapshot = SampleSnapshot.At(SampleSnapshot.Now);
        Publish(snapshot with
        {
            Rules = [snapshot.Rules[0] with { Rule = snapshot.Rules[0].Rule with { Action = LockAction.Unlock, LockId = Whole.Id } }],
            Triggers = [snapshot.Triggers[0] with { Action = LockAction.Unlock, LockId = Whole.Id }],
        });
        var page = Render<LocksPage>();

        page.WaitForElements("tr.clickable .tag.unlock").Count.ShouldBe(1);
        page.Find("article.waiting .tag.unlock").TextContent.ShouldBe("unlock");
        page.Find("article.waiting .button.primary").TextContent.ShouldContain("Unlock 12 lots");
    }

    private static PositionLock Whole => SampleSnapshot.At(SampleSnapshot.Now).Locks[0];

    private IRenderedComponent<LocksPage> Open()
    {
        var page = Render<LocksPage>();
        page.Find(".unlock-when").Click();
        return page;
    }
}
