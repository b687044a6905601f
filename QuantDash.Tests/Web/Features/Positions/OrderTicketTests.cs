using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Positions;

namespace QuantDash.Tests.Web.Features.Positions;

/// <summary>The ticket in which contract, side and purpose can be chosen, and its keys.</summary>
public sealed class OrderTicketTests : ScreenContext
{
    [Fact]
    public async Task Buy_WithNothingToClose_OpensAndSaysTheMostThatFundsPayFor()
    {
        var page = await PressAsync("j", "b");

        page.WaitForElement("dialog .sides");
        page.Find("dialog h2").TextContent.ShouldBe("Open CZCE.TA2505 · Long leg");
        // 858,905 available over 13,482 of margin and fee for the one lot.
        page.WaitForAssertion(() => page.Find("dialog").TextContent.ShouldContain("Lots (at most 63)"));
        page.Find("dialog footer .primary").TextContent.ShouldBe("Open 1 lot");
    }

    [Fact]
    public async Task Sell_WithALegToClose_ClosesWhatIsFreeOfIt()
    {
        var page = await PressAsync("j", "s");

        page.Find("dialog h2").TextContent.ShouldBe("Close CZCE.TA2505 · Long leg");
        page.Find("#volume").GetAttribute("value").ShouldBe("2");
        page.FindAll("#ticket-purpose button").Select(button => button.TextContent).ShouldBe(["open short —", "close long 2", "lock long 2"]);
        page.Find("#ticket-purpose [data-purpose=Lock]").Click();
        page.WaitForElement("dialog .sides");
        page.Find("dialog footer .primary").TextContent.ShouldBe("Lock 2 lots");
    }

    [Fact]
    public async Task Ticket_ForAnotherContract_IsPreparedForItsOwnPrice()
    {
        var page = await PressAsync("b");
        page.Find("#ticket-contract").Change("DCE.v2505");
        page.WaitForAssertion(() => page.Find("#limit").GetAttribute("value").ShouldBe("2807"));
        page.Find("dialog h2").TextContent.ShouldBe("Open DCE.v2505 · Long leg");
    }

    [Fact]
    public async Task Price_Clicked_IsTakenAndNothingIsSent()
    {
        var page = await PressAsync("j", "s");
        page.Find("[data-price=Ask]").Click();
        page.Find("#limit").GetAttribute("value").ShouldBe("5692");
        page.Find("[data-price=Bid]").Click();
        page.Find("#limit").GetAttribute("value").ShouldBe("5688");
        Orders.Placed.ShouldBeEmpty();
    }

    [Fact]
    public async Task StopLimit_IsLabelledLocal_AndHeldHere()
    {
        var page = await PressAsync("j", "s");
        page.FindAll("#ticket-kind button").Select(button => button.TextContent).ShouldBe(["Limit", "Market", "Stop · local", "Stop limit · local"]);
        page.Find("[data-kind=StopLimit]").Click();
        page.Find("dialog .pill").TextContent.ShouldBe("local");
        page.Find("dialog footer .button:last-child").HasAttribute("disabled").ShouldBeTrue();
        page.Find("#level").Change("5600");
        page.Find("#limit").Change("5590");
        page.Find("#ticket-says").TextContent.ShouldBe("Once the last price is ≤ 5,600: Sell 2 lots at 5,590.");

        page.Find("dialog footer .button:last-child").Click();

        Held.Placed.ShouldHaveSingleItem().ShouldBe(new HeldRequest(
            new(SampleSnapshot.Demo, SampleSnapshot.Pta.Symbol, OrderPurpose.Close, Side.Long, new(2), OrderType.Limit, new Price(5590)), HeldKind.StopLimit, new(5600), ThisDay: true));
        Orders.Placed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_StepPriceAndVolume_AndOnlyTheSecondEnterSends()
    {
        var page = await PressAsync("j", "s");
        page.WaitForElement("dialog .sides");
        var ticket = page.FindComponent<OrderTicket>().Instance;

        await ticket.StepAsync(1, ofVolume: false);
        page.Find("#limit").GetAttribute("value").ShouldBe("5680");
        await ticket.StepAsync(-1, ofVolume: true);
        await ticket.StepAsync(-1, ofVolume: true);
        page.Find("#volume").GetAttribute("value").ShouldBe("1");
        page.WaitForElement("dialog .sides");
        await ticket.EnterAsync();
        page.Find("#enter-sends").TextContent.ShouldContain("once more sends it: Close 1 lot");
        // Another wish has to be looked at again.
        await ticket.StepAsync(1, ofVolume: false);
        page.FindAll("#enter-sends").ShouldBeEmpty();
        await ticket.EnterAsync();
        Orders.Placed.ShouldBeEmpty();
        await ticket.EnterAsync();
        await ticket.EnterAsync();

        Orders.Placed.ShouldHaveSingleItem().ShouldBe(new OrderRequest(SampleSnapshot.Demo, SampleSnapshot.Pta.Symbol, OrderPurpose.Close, Side.Long, new(1), OrderType.Limit, new Price(5682)));
    }

    [Fact]
    public void Address_ThatAsksForATicket_OpensItOnce()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/positions?order=sell&symbol=DCE.v2505&price=2800");
        var page = Render<PositionsPage>();
        page.WaitForElement("dialog #limit").GetAttribute("value").ShouldBe("2800");
        page.Find("dialog h2").TextContent.ShouldBe("Open DCE.v2505 · Short leg");
        page.Find("dialog header button").Click();
        Publish(SampleSnapshot.At(SampleSnapshot.Now.AddSeconds(1), 1));
        page.FindAll("dialog").ShouldBeEmpty();
    }

    [Fact]
    public async Task Help_ListsEveryKey()
    {
        var page = await PressAsync("?");
        page.FindAll("#keys-help dt").Count.ShouldBe(8);
    }

    private async Task<IRenderedComponent<PositionsPage>> PressAsync(params string[] keys)
    {
        var page = Render<PositionsPage>();
        foreach (var key in keys) await page.FindComponent<PositionKeys>().Instance.PressAsync(key);
        return page;
    }
}
