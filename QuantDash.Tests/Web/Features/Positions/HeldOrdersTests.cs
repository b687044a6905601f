using Bunit;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Positions;

namespace QuantDash.Tests.Web.Features.Positions;

/// <summary>Stop and conditional orders on the positions page.</summary>
public sealed class HeldOrdersTests : ScreenContext
{
    private static readonly HeldRequest Stop = new(new(SampleSnapshot.Demo, SampleSnapshot.Pta.Symbol, OrderPurpose.Close, Side.Long, new(2), OrderType.Market, null), HeldKind.Stop, new(5600));

    [Fact]
    public void List_ShowsWhatWaitsWithItsDistanceAndThatItIsLocal()
    {
        Show(new HeldOrderView(SampleHeldCounter.Held(Stop), new Price(5690), 45));

        var row = Render<PositionsPage>().Find(".held-orders tbody tr");

        row.TextContent.ShouldSatisfyAllConditions(
            text => text.ShouldContain("Stop local"), text => text.ShouldContain("last price ≤ 5,600"), text => text.ShouldContain("45 ticks"), text => text.ShouldContain("until cancelled"));
    }

    [Fact]
    public void List_ShowsWhyOneFailed_AndOffersNoCancel()
    {
        Show(new HeldOrderView(SampleHeldCounter.Held(Stop, HeldState.Failed) with { Reason = "持仓不足" }, null, null));

        var page = Render<PositionsPage>();

        page.Find(".held-orders tbody tr").TextContent.ShouldContain("not enough position");
        page.FindAll("[data-cancel-held]").ShouldBeEmpty();
    }

    [Fact]
    public void Cancel_ThatComesTooLate_SaysSo()
    {
        Show(new HeldOrderView(SampleHeldCounter.Held(Stop), new Price(5690), 45));
        var page = Render<PositionsPage>();

        page.Find("[data-cancel-held]").Click();

        Held.Cancelled.Count.ShouldBe(1);
        page.WaitForAssertion(() => page.Find(".notice.danger, .notice").TextContent.ShouldContain("It has ended already (triggered)."));
    }

    [Fact]
    public void Ticket_SaysInOneSentenceWhatFollows_AndHoldsIt()
    {
        var page = Open();
        page.Find("dialog footer .primary").HasAttribute("disabled").ShouldBeTrue();
        page.Find("#held-volume").Change("2");
        page.Find("#held-level").Change("5600");

        page.Find("#held-says").TextContent.ShouldBe("Once the last price is ≤ 5,600: Sell 2 lots at market.");
        page.Find("dialog footer .primary").Click();

        Held.Placed.ShouldHaveSingleItem().ShouldBe(Stop with { ThisDay = true });
        page.FindAll("dialog").ShouldBeEmpty();
    }

    [Fact]
    public void Ticket_LastsForTheDay_UnlessSaidOtherwise()
    {
        var page = Open();
        page.FindAll("#held-valid option").Select(option => option.GetAttribute("value")).ShouldContain(page.Find("#held-valid").GetAttribute("value"), "a choice is shown");
        page.Find("#held-valid").Change("cancelled");
        page.Find("#held-volume").Change("2");
        page.Find("#held-level").Change("5600");
        page.Find("dialog footer .primary").Click();

        Held.Placed.ShouldHaveSingleItem().ShouldBe(Stop);
    }

    [Fact]
    public void Ticket_ConditionThatHoldsAlready_IsSaidBefore()
    {
        var page = Open();
        page.Find("[data-kind=Conditional]").Click();
        page.Find("#held-comparison").Change("AtOrAbove");
        page.Find("#held-volume").Change("2");
        page.Find("#held-level").Change("5600");

        page.Find("dialog .notice").TextContent.ShouldContain("it triggers with the next tick");
    }

    [Fact]
    public void Ticket_Refused_SaysSoAtTheField()
    {
        Held.Refusal = new("level", "stop_not_below", 5700m, 5690m);
        var page = Open();
        page.Find("#held-volume").Change("2");
        page.Find("#held-level").Change("5700");
        page.Find("dialog footer .primary").Click();

        page.WaitForAssertion(() => page.Find("dialog .field .error").TextContent.ShouldBe("A stop that sells must lie below the price now, 5690; was 5700."));
    }

    private void Show(params IReadOnlyList<HeldOrderView> held) => Snapshots.Publish(SampleSnapshot.At(SampleSnapshot.Now) with { HeldOrders = held });

    private IRenderedComponent<PositionsPage> Open()
    {
        var page = Render<PositionsPage>();
        page.Find("#new-held").Click();
        return page;
    }
}
