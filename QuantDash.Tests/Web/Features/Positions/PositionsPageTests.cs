using Bunit;
using QuantDash.Core.Locking;
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
    public void Unlock_Opened_ShowsTheLadderAndAllWaysBeforeTheButton()
    {
        var page = OpenUnlock();

        page.WaitForElement("dialog .ladder");
        page.FindAll("dialog .choices tbody tr").Select(r => r.Children[0].TextContent).ShouldBe(["Close long", "Close short", "Close both", "Stay locked"]);
        page.FindAll("dialog .ladder tbody tr").Count.ShouldBe(2);
        page.Find("dialog .ladder tbody tr").TextContent.ShouldContain("rest even at 5,712");
        page.FindAll("dialog #when button")[1].Click();
        page.Find("dialog .ladder tbody tr").TextContent.ShouldContain("rest even at 5,710");
        Unlocks.Unlocked.ShouldBeEmpty();
    }

    [Fact]
    public void Unlock_Confirmed_SendsTheLegThatWasChosen()
    {
        var page = OpenUnlock();
        page.WaitForElement("dialog .ladder");
        page.FindAll("dialog #legs button")[0].Click();
        page.WaitForAssertion(() => page.Find("dialog footer .primary").TextContent.ShouldBe("Close long 8 lots"));

        page.Find("dialog footer .primary").Click();

        var sent = Unlocks.Unlocked.ShouldHaveSingleItem();
        (sent.Legs, sent.Volume, sent.Type, sent.LongPrice).ShouldBe((UnlockLegs.Long, new Volume(8), OrderType.Limit, new Price(5678)));
        page.FindAll("dialog").ShouldBeEmpty();
    }

    [Fact]
    public void BrokenLock_OffersToLockAgainOrToClose()
    {
        var page = Render<PositionsPage>();

        var card = page.Find("article.broken");
        card.TextContent.ShouldContain("Uncovered: 1 lot,");
        card.TextContent.ShouldContain("20.00 per tick");
        page.FindAll("article.broken button")[0].Click();
        page.FindAll("article.broken button")[1].Click();
        (Unlocks.Relocked.Count, Unlocks.Closed.Count).ShouldBe((1, 1));
    }

    [Fact]
    public void FoundPair_IsAdoptedOrDeclined()
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        var pair = sample.Accounts[0].Positions[0] with { OfferedPair = new(2), OfferedFrozen = 2020 };
        Snapshots.Publish(sample with { Accounts = [sample.Accounts[0] with { Positions = [pair] }] });
        var page = Render<PositionsPage>();

        page.Find("article.pair").TextContent.ShouldContain("+2,020.00");
        page.FindAll("article.pair button")[0].Click();
        page.FindAll("article.pair button")[1].Click();
        Unlocks.Adopted.ShouldBe([SampleSnapshot.Pta.Symbol]);
        Unlocks.Declined.ShouldBe([SampleSnapshot.Pta.Symbol]);
    }

    [Fact]
    public void Page_Flat_SaysWhatWouldAppear()
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        Snapshots.Publish(sample with { Accounts = [sample.Accounts[0] with { Positions = [] }], Orders = [] });

        Render<PositionsPage>().Markup.ShouldContain("No positions");
    }

    private IRenderedComponent<PositionsPage> OpenUnlock()
    {
        var page = Render<PositionsPage>();
        page.Find(".held-locks .actions .button").Click();
        return page;
    }

    private IRenderedComponent<PositionsPage> OpenLock()
    {
        var page = Render<PositionsPage>();
        page.FindAll(".actions .button").First(b => b.TextContent.Contains("Lock short", StringComparison.Ordinal)).Click();
        return page;
    }
}
