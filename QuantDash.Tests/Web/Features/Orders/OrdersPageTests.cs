using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Orders;
using QuantDash.Web.Features.Overview;

namespace QuantDash.Tests.Web.Features.Orders;

public sealed class OrdersPageTests : ScreenContext
{
    private static readonly ClientOrderId Id = new("QD261120ABCDEFGHJKMNPQRS-7");

    [Fact]
    public void Tray_WithoutAny_IsNotThere() => Render<OrdersPage>().FindAll("table.unknown").ShouldBeEmpty();

    [Fact]
    public void Tray_SaysSinceWhenHowOftenAskedAndWhatComes()
    {
        Show(asked: 3, nextIn: 5);
        var row = Render<OrdersPage>().Find("table.unknown tbody tr");
        row.GetAttribute("data-order").ShouldBe(Id.Value);
        row.TextContent.ShouldContain("3 times");
        row.TextContent.ShouldContain("00:04");
        row.TextContent.ShouldContain("wakes you in");
    }

    [Fact]
    public void Tray_AfterTheAlarm_SaysThatAPersonMustLook()
    {
        Show(alarmed: true);
        Render<OrdersPage>().Find("td.then").TextContent.ShouldContain("look at the counter");
    }

    [Fact]
    public void Tray_ChangesByItself()
    {
        Show();
        var page = Render<OrdersPage>();
        page.FindAll("table.unknown tbody tr").Count.ShouldBe(1);
        Publish(SampleSnapshot.At(SampleSnapshot.Now));
        page.WaitForAssertion(() => page.FindAll("table.unknown").ShouldBeEmpty());
    }

    [Fact]
    public void Overview_ShowsTheTrayOnlyWhileThereIsOne()
    {
        Render<UnknownPanel>().FindAll(".card").ShouldBeEmpty();
        Show();
        Render<UnknownPanel>().Find("table.unknown tbody tr").GetAttribute("data-order").ShouldBe(Id.Value);
    }

    [Fact]
    public void Settle_ShowsWhatFollowsFirst_AndBooksAtTheSecondClick()
    {
        Show();
        var page = Render<OrdersPage>();
        page.Find("td.actions button").Click();
        page.FindAll("dialog [data-outcome]").Count.ShouldBe(3);
        page.Find("dialog footer .primary").HasAttribute("disabled").ShouldBeTrue();
        page.Find("[data-outcome=Filled]").Click();
        page.Find("#settle-price").Change("5518");
        page.Find("dialog footer .primary").Click();
        Unknown.Settled.ShouldBeEmpty();
        page.Find(".follows").TextContent.ShouldContain("short leg 2 → 12 lots");
        page.Find("dialog footer .primary").Click();
        Unknown.Settled.ShouldHaveSingleItem().ShouldBe((Id, new OrderSettlement(SettledAs.Filled, null, new Price(5518))));
        page.FindAll("dialog").ShouldBeEmpty();
    }

    [Fact]
    public void Settle_ChangedAfterItWasShown_IsShownAgain()
    {
        Show();
        var page = Render<OrdersPage>();
        page.Find("td.actions button").Click();
        page.Find("[data-outcome=Filled]").Click();
        page.Find("#settle-price").Change("5518");
        page.Find("dialog footer .primary").Click();
        page.Find("#settle-price").Change("5520");
        page.FindAll(".follows").ShouldBeEmpty();
        page.Find("dialog footer .primary").Click();
        Unknown.Settled.ShouldBeEmpty();
        Unknown.Shown.Count.ShouldBe(2);
    }

    [Fact]
    public void Settle_Refused_SaysWhyBesideTheField()
    {
        Show();
        Unknown.Refusal = new("filled_volume", "more_than_ordered", 11m, 10m);
        var page = Render<OrdersPage>();
        page.Find("td.actions button").Click();
        page.Find("[data-outcome=Cancelled]").Click();
        page.Find("#settle-volume").Change("11");
        page.Find("dialog footer .primary").Click();
        page.Find("dialog .field .error").TextContent.ShouldContain("11 lots are more than the 10");
    }

    [Fact]
    public void Settle_ThatWasAccepted_CannotHaveNeverReachedTheVenue()
    {
        Show(accepted: true);
        var page = Render<OrdersPage>();
        page.Find("td.actions button").Click();
        page.FindAll("dialog [data-outcome]").Select(button => button.GetAttribute("data-outcome")).ShouldBe(["Filled", "Cancelled"]);
    }

    [Fact]
    public void History_ShowsEveryOrder_ByState()
    {
        var page = Render<OrdersPage>();
        page.WaitForAssertion(() => page.FindAll("#orders tbody tr").Count.ShouldBe(SampleSnapshot.At(SampleSnapshot.Now).Orders.Count));
        page.Find("#orders-status").Change("Rejected");
        page.WaitForAssertion(() => page.FindAll("#orders tbody tr").ShouldBeEmpty());
        page.Markup.ShouldContain("Nothing matches");
    }

    [Fact]
    public void Search_StandsInTheAddress_AndGoesBackWithIt()
    {
        var browser = Services.GetRequiredService<NavigationManager>();
        browser.NavigateTo("/orders?symbol=TA2505&status=filled&owner=rule&account_id=all");
        var page = Render<OrdersPage>();

        page.WaitForAssertion(() => SamplePast.Asked[^1].ShouldBe(new OrderFilter { Symbol = SampleSnapshot.Pta.Symbol, State = OrderState.Filled, Owner = OrderOwner.Rule }));
        page.Find("#search-symbol").GetAttribute("value").ShouldBe("TA2505");
        page.Find("#search-side").Change("Sell");
        browser.Uri.ShouldEndWith("/orders?account_id=all&symbol=TA2505&side=sell&status=filled&owner=rule");
        page.WaitForAssertion(() => SamplePast.Asked[^1].Side.ShouldBe(OrderSide.Sell));
        browser.NavigateTo("/orders?symbol=TA2505");
        page.WaitForAssertion(() => SamplePast.Asked[^1].ShouldBe(new OrderFilter { AccountId = SampleSnapshot.Demo, Symbol = SampleSnapshot.Pta.Symbol }));
        page.Find("#csv").GetAttribute("href").ShouldBe($"/api/orders.csv?account_id={SampleSnapshot.Demo.Value:D}&symbol=TA2505");
    }

    [Fact]
    public void Search_ForNoContract_SaysSoAndShowsNothing()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/orders?symbol=nonsense");
        var page = Render<OrdersPage>();
        page.WaitForAssertion(() => page.Markup.ShouldContain("There is no contract “nonsense”."));
        page.FindAll("#orders tbody tr").ShouldBeEmpty();
        SamplePast.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void Search_ForARule_OffersItByItsContract()
    {
        var page = Render<OrdersPage>();
        page.WaitForElement("#search-owner").Change(SampleSnapshot.ProfitRule.ToString("D"));
        page.WaitForAssertion(() => SamplePast.Asked[^1].RuleId.ShouldBe(SampleSnapshot.ProfitRule));
    }

    [Fact]
    public void History_AnOrderMoves_KeepsTheOlderPagesAndCountsWhatIsNew()
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        var many = Enumerable.Range(1, 150).Select(i => sample.Orders[0] with { Id = new($"QD1-{i}"), State = i == 120 ? OrderState.Accepted : OrderState.Filled }).ToList();
        SamplePast.Orders = many;
        var page = Render<OrdersPage>();
        page.WaitForAssertion(() => page.FindAll("#orders tbody tr").Count.ShouldBe(100));
        page.Find("#older").Click();
        page.WaitForAssertion(() => page.FindAll("#orders tbody tr").Count.ShouldBe(150));

        SamplePast.Orders = [sample.Orders[0] with { Id = new("QD1-0") }, .. many.Select(o => o.State == OrderState.Accepted ? o with { State = OrderState.Cancelled } : o)];
        Publish(sample with { Orders = [] });

        page.WaitForAssertion(() => page.Find("#new-lines").TextContent.ShouldBe("1 new: show them"));
        page.FindAll("#orders tbody tr").Count.ShouldBe(150);
        page.FindAll("#orders tbody tr")[119].TextContent.ShouldContain("Cancelled");
        page.Find("#new-lines").Click();
        page.WaitForAssertion(() => page.FindAll("#orders tbody tr").Count.ShouldBe(100));
        page.FindAll("#new-lines").ShouldBeEmpty();
    }

    [Fact]
    public void LiveOrders_StandOnTopWithTheirButtons()
    {
        var page = Render<OrdersPage>();
        page.WaitForElement("[data-change]");
        page.FindAll("#new-held").Count.ShouldBe(1);
        page.FindAll(".actions .button").Last(b => b.TextContent.Contains("Cancel", StringComparison.Ordinal)).Click();
        Orders.Cancelled.Count.ShouldBe(1);
    }

    private void Show(int asked = 1, int? nextIn = null, bool alarmed = false, bool accepted = false)
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        var order = sample.Orders[0] with { Id = Id, State = OrderState.Unknown, Volume = new(10), FilledVolume = Volume.Zero, VenueOrderId = accepted ? "B1" : null };
        var next = nextIn is { } seconds ? sample.At.AddSeconds(seconds) : (DateTimeOffset?)null;
        Publish(sample with { Orders = [.. sample.Orders, order], Unknown = [new(order, true, asked, next, sample.At.AddSeconds(50), alarmed)] });
    }
}
