using Bunit;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Protection;

namespace QuantDash.Tests.Web.Features.Protection;

public sealed class ProtectionPageTests : ScreenContext
{
    [Fact]
    public void Page_ShowsUnprotectedLegsFirstAndInRed()
    {
        var page = Render<ProtectionPage>();
        page.Find("#naked").TextContent.ShouldContain("nothing protects");
        var first = page.FindAll(".card")[0];
        first.ClassList.ShouldContain("naked");
        first.QuerySelector(".pill")!.TextContent.ShouldBe("unprotected");
        page.FindAll(".card .pill").Select(pill => pill.TextContent).ShouldContain("protected");
    }

    [Fact]
    public void Leg_ShowsItsGuardsWithLevelAndDistance()
    {
        var page = Render<ProtectionPage>();
        var gold = page.FindAll(".card").Single(card => card.GetAttribute("aria-label")!.Contains("SHFE.au2509", StringComparison.Ordinal));
        gold.QuerySelectorAll(".guards tbody tr").Length.ShouldBe(3);
        gold.QuerySelector(".guards tbody tr")!.TextContent.ShouldContain("stop");
        gold.TextContent.ShouldContain("2 under a stop");
    }
}
