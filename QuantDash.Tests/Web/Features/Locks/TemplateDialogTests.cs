using Bunit;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

public sealed class TemplateDialogTests : ScreenContext
{
    [Fact]
    public void Bulk_LadderTemplate_ShowsEachLegsLevelsBeforeAnythingIsSaved()
    {
        var dialog = Open();

        dialog.Find("#template").Change(Ladder(dialog));

        dialog.FindAll("tr.leg").Count.ShouldBeGreaterThan(1);
        dialog.Find("tr.leg").TextContent.ShouldContain("30%");
        Locks.Saved.ShouldBeEmpty();
    }

    [Fact]
    public void Bulk_OneLegUnchosen_SavesTheOthers()
    {
        var dialog = Open();
        dialog.Find("#template").Change(Ladder(dialog));
        var ready = dialog.FindAll("tr.leg input:not([disabled])").Count;

        dialog.Find("tr.leg input:not([disabled])").Change(false);
        dialog.Find("dialog footer .button.primary").Click();

        Locks.Saved.Count.ShouldBe(ready - 1);
        Locks.Saved.ShouldAllBe(rule => rule.Stages.Count == 3);
    }

    [Fact]
    public void Bulk_RefusedByTheEngine_SaysWhyAndStaysOpen()
    {
        Locks.Refusal = new("id", "rule_executing", Guid.Empty);
        var dialog = Open();

        dialog.Find("dialog footer .button.primary").Click();

        dialog.FindAll("tr.leg .danger").ShouldNotBeEmpty();
        dialog.FindAll("dialog").ShouldNotBeEmpty();
    }

    [Fact]
    public void Keep_SelectedRule_IsOfferedAsATemplateAtOnce()
    {
        var dialog = Open();
        dialog.Find("#template-name").Input("mine");

        dialog.Find(".keep .button").Click();

        Templates.Kept.ShouldHaveSingleItem().Name.ShouldBe("mine");
        dialog.Find("#template").TextContent.ShouldContain("mine");
    }

    [Fact]
    public void FailedTrigger_MarkedDone_SendsTheNote()
    {
        var page = Render<LocksPage>();
        page.FindAll("td.actions .button.quiet").First(b => b.TextContent == "Mark done").Click();
        page.Find("dialog footer .button.primary").HasAttribute("disabled").ShouldBeTrue();
        page.Find("#done-note").Input("in the terminal");

        page.Find("dialog footer .button.primary").Click();

        Locks.Done.ShouldHaveSingleItem().Note.ShouldBe("in the terminal");
    }

    [Fact]
    public void FailedTrigger_TriedAgain_AsksWithThePriceOfNow()
    {
        var page = Render<LocksPage>();
        page.FindAll("td.actions .button").First(b => b.TextContent == "Try again").Click();
        Locks.Confirmed.ShouldBeEmpty();

        page.Find("dialog footer .button.primary").Click();

        Locks.Confirmed.ShouldHaveSingleItem().Shown.ShouldNotBeNull();
    }

    private static string Ladder(IRenderedComponent<LocksPage> page) => page.FindAll("#template option").First(o => o.TextContent.StartsWith("Ladder", StringComparison.Ordinal)).GetAttribute("value")!;

    private IRenderedComponent<LocksPage> Open()
    {
        var page = Render<LocksPage>();
        page.Find("#from-template").Click();
        return page;
    }
}
