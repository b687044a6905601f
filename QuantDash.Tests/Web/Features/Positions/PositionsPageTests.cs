using Bunit;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Positions;

namespace QuantDash.Tests.Web.Features.Positions;

public sealed class PositionsPageTests : ScreenContext
{
    [Fact]
    public void Page_Position_ShowsBothLegsAndHatchesTheLockedShare()
    {
        var row = Render<PositionsPage>().FindAll("tbody tr")[0];

        row.QuerySelectorAll(".leg").Length.ShouldBe(2);
        row.QuerySelector(".leg.long .bar i")!.GetAttribute("style").ShouldBe("width:80%");
        row.QuerySelector(".leg.short .bar i")!.GetAttribute("style").ShouldBe("width:100%");
    }

    [Fact]
    public void Lock_Opened_ShowsConsequencesBeforeTheButton()
    {
        var page = OpenLock();

        var dialog = page.WaitForElement("dialog .sides");
        dialog.TextContent.ShouldContain("Before → after");
        page.FindAll("dialog tbody tr").Select(r => r.Children[0].TextContent).ShouldBe(["Lock", "Close", "Do nothing"]);
        page.Find("dialog footer .primary").TextContent.ShouldBe("Lock 12 lots");
        Orders.Placed.ShouldBeEmpty();
    }

    [Fact]
    public void Lock_Confirmed_SendsWhatWasShown()
    {
        var page = OpenLock();
        page.WaitForElement("dialog .sides");

        page.Find("dialog footer .primary").Click();

        var order = Orders.Placed.ShouldHaveSingleItem();
        order.ShouldBe(new OrderRequest(SampleSnapshot.Demo, SampleSnapshot.Pvc.Symbol, OrderPurpose.Lock, Side.Short, new(12), OrderType.Limit, new Price(2812)));
        page.FindAll("dialog").ShouldBeEmpty();
    }

    [Fact]
    public void Lock_PriceMovedSinceShown_SaysSo()
    {
        var page = OpenLock();
        page.WaitForElement("dialog .sides");

        Orders.ExpectedPrice = 2811;
        Publish(SampleSnapshot.At(SampleSnapshot.Now.AddSeconds(1), 1));

        page.WaitForAssertion(() => page.Find("dialog .notice").TextContent.ShouldContain("2,807 → 2,811 (+4 ticks)"));
    }

    [Fact]
    public void Lock_PreviewTooOld_CannotBeSent()
    {
        var page = OpenLock();
        page.WaitForElement("dialog .sides");

        Orders.Refusal = new("", "starting");
        Publish(SampleSnapshot.At(SampleSnapshot.Now.AddSeconds(5), 1));

        page.WaitForAssertion(() => page.Find("dialog footer .primary").HasAttribute("disabled").ShouldBeTrue());
    }

    [Fact]
    public void Order_Cancelled_ByItsButton()
    {
        var page = Render<PositionsPage>();

        page.FindAll(".actions .button").Last(b => b.TextContent.Contains("Cancel", StringComparison.Ordinal)).Click();

        Orders.Cancelled.Count.ShouldBe(1);
    }

    [Fact]
    public void Page_Flat_SaysWhatWouldAppear()
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        Snapshots.Publish(sample with { Accounts = [sample.Accounts[0] with { Positions = [] }], Orders = [] });

        Render<PositionsPage>().Markup.ShouldContain("No positions");
    }

    private IRenderedComponent<PositionsPage> OpenLock()
    {
        var page = Render<PositionsPage>();
        page.FindAll(".actions .button").First(b => b.TextContent.Contains("Lock short", StringComparison.Ordinal)).Click();
        return page;
    }
}
