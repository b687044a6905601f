using Bunit;
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
    public void Tray_WithoutAny_SaysSo() => Render<OrdersPage>().Find(".empty h3").TextContent.ShouldBe("No unknown outcome");

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
    public void Trades_ShowTimePriceLotsFeeAndProfit_NewestFirst()
    {
        var rows = Render<OrdersPage>().WaitForElements("#trades tbody tr");
        rows.Count.ShouldBe(2);
        rows[0].Children.Select(cell => cell.TextContent).ShouldBe(["2026-11-20 10:39:07.000", "SHFE.au2509", "Sell close today", "783.50", "1", "10.00", "+3,500.00", "T-9"]);
        rows[1].Children.Select(cell => cell.TextContent).ShouldBe(["2026-11-20 10:28:07.000", "CZCE.TA2505", "Sell open", "5,702", "8", "24.00", "", "T-8"]);
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
    }

    private void Show(int asked = 1, int? nextIn = null, bool alarmed = false, bool accepted = false)
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        var order = sample.Orders[0] with { Id = Id, State = OrderState.Unknown, Volume = new(10), FilledVolume = Volume.Zero, VenueOrderId = accepted ? "B1" : null };
        var next = nextIn is { } seconds ? sample.At.AddSeconds(seconds) : (DateTimeOffset?)null;
        Publish(sample with { Orders = [.. sample.Orders, order], Unknown = [new(order, true, asked, next, sample.At.AddSeconds(50), alarmed)] });
    }
}
