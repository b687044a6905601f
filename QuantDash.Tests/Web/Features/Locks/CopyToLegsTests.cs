using Bunit;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

public sealed class CopyToLegsTests : ScreenContext
{
    [Fact]
    public void Legs_Chosen_ShowTheRuleThatComesOfItAndWriteNothing()
    {
        var page = Open();
        page.FindAll("tr.copy").ShouldBeEmpty();

        Choose(page, "DCE.v2505");

        // The stop of PTA, 50 ticks against 5500, is 50 ticks against the short leg of PVC at 2862.
        page.Find("tr.copy").TextContent.ShouldContain("Stop ≥ 2,912");
        Locks.Saved.ShouldBeEmpty();
    }

    [Fact]
    public void Save_EveryLineGood_MakesThemTogetherAndSaysHowMany()
    {
        var page = Open();
        Choose(page, "DCE.v2505");
        Choose(page, "SHFE.au2509");

        page.Find("#copy-save").Click();

        Locks.Saved.Select(rule => (rule.Symbol.ToString(), rule.Direction, rule.StopLossPrice)).ShouldBe([("DCE.v2505", Side.Short, new Price(2912)), ("SHFE.au2509", Side.Long, new Price(779))]);
        Locks.Saved.ShouldAllBe(rule => rule.AutoExecute);
        page.Find(".bar [role=status]").TextContent.ShouldBe("2 rules created.");
    }

    [Fact]
    public void AsTheyAre_PriceOfAnotherContract_SaysThatItFires()
    {
        var page = Open();
        Choose(page, "SHFE.au2509");

        page.Find("#copy-levels").Change("AsTheyAre");

        page.Find("tr.copy").TextContent.ShouldContain("5,400");
        page.Find("tr.copy").TextContent.ShouldContain("fires at once");
        page.Find("#copy-save").ClassList.ShouldContain("danger");
    }

    [Fact]
    public void Engine_RefusesALine_KeepsAllUntilItIsLeftOut()
    {
        (Locks.Refusal, Locks.Refuses) = (new("symbol", "currency_differs", "USD", "CNY"), rule => rule.Symbol.ToString() == "SHFE.au2509");
        var page = Open();
        Choose(page, "DCE.v2505");
        Choose(page, "SHFE.au2509");
        page.Find("tr.copy[data-kind=refused]").TextContent.ShouldContain("CNY");
        page.Find("#copy-save").HasAttribute("disabled").ShouldBeTrue();

        page.Find("tr.copy[data-kind=refused] input").Change(false);
        page.Find("#copy-save").Click();

        Locks.Saved.ShouldHaveSingleItem().Symbol.ToString().ShouldBe("DCE.v2505");
    }

    [Fact]
    public void OwnLeg_IsNoPlaceForACopy()
    {
        var page = Open();

        Choose(page, "CZCE.TA2505");

        page.FindAll("tr.copy").ShouldBeEmpty();
        page.Find("#copies .notice").TextContent.ShouldContain("already");
    }

    /// <summary>The stop of the long leg of PTA, bought at 5500, at 5400.</summary>
    private IRenderedComponent<LocksPage> Open()
    {
        var page = Render<LocksPage>();
        page.FindAll("tr.clickable").First(tr => tr.TextContent.Contains("5,400", StringComparison.Ordinal)).QuerySelector("button[title^='Copy to legs']")!.Click();
        return page;
    }

    private static void Choose(IRenderedComponent<LocksPage> page, string symbol) =>
        page.FindAll(".legs label").First(label => label.TextContent.Contains(symbol, StringComparison.Ordinal)).QuerySelector("input")!.Change(true);
}
