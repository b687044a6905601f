using Bunit;
using QuantDash.Core.Engine;
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
    public void Leg_Expanded_SaysWhatItMovesCostsAndHowLongItIsHeld()
    {
        var page = Render<PositionsPage>();
        page.Find("[data-details='CZCE.TA2505']").Click();
        var legs = page.FindAll("tr.details dl");
        legs.Count.ShouldBe(2);
        legs[0].QuerySelectorAll("dd").Select(cell => cell.TextContent.Trim()).ShouldBe(["10", "+100", "+2,845", "22,760", "+9,500.00", "+12,500 +125 ticks", "-1,500 -15 ticks", "— 2 lots at 5,400", "11-19 14:42:07", "20 h 0 min", "80% 8 of 10 locked"]);
        page.Find("[data-details='CZCE.TA2505']").Click();
        page.FindAll("tr.details").ShouldBeEmpty();
    }

    [Fact]
    public void LegAnalysis_OfAShortLegWithoutPrice_SaysWhatIsKnown()
    {
        var contract = SampleSnapshot.Pvc;
        var flat = SampleSnapshot.Leg(Side.Long, 0, 0, null, 2800, contract);
        var leg = SampleSnapshot.Leg(Side.Short, 4, 1, 2862, 2800, contract) with { OpenedAt = null, HoldingPnl = null };
        var view = new PositionView { AccountId = SampleSnapshot.Demo, Contract = contract, Long = flat, Short = leg, Mark = null, Margin = 0 };
        var snapshot = SampleSnapshot.At(SampleSnapshot.Now);
        LegAnalysis.Of(snapshot, snapshot.Accounts.First(account => account.Account.Id == SampleSnapshot.Demo), view).ShouldBe([new(Side.Short, 4, -20, null, leg.Margin, null, null, null, 1, 0.25m, leg.Excursion, null)]);
    }

    [Fact]
    public void Pairs_MoreThanAFew_AreAskedAFewAtATime()
    {
        var pairs = Enumerable.Range(1, 40).Select(n => new FoundPair($"SHFE.rb27{n:00}", "rb", n, 10m * n)).ToList();
        var questions = Render<LockQuestions>(set => set.Add(q => q.Account, SampleSnapshot.Demo).Add(q => q.Broken, []).Add(q => q.Pairs, pairs));

        questions.FindAll(".pair").Count.ShouldBe(5);
        questions.Find("#more-pairs").TextContent.ShouldBe("Show more of the other 35 pairs");
        questions.Find("#more-pairs").Click();
        questions.FindAll(".pair").Count.ShouldBe(25);
        questions.Find("#more-pairs").Click();
        questions.FindAll(".pair").Count.ShouldBe(40);
        questions.FindAll("#more-pairs").ShouldBeEmpty();
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
    public void Lock_AsFillAndKill_SaysWhatFillsAndIsSentSo()
    {
        var page = OpenLock();
        page.WaitForElement("dialog .sides");
        page.FindAll("#time-in-force button").Select(button => button.TextContent).ShouldBe(["Day", "FAK", "FOK"]);

        page.FindAll("#time-in-force button")[1].Click();
        page.WaitForAssertion(() => page.FindAll("dialog .notice")[0].TextContent.ShouldContain("5 of 12 are expected to fill at once, and the rest is cancelled"));
        page.Find("dialog footer .primary").Click();

        Orders.Placed.ShouldHaveSingleItem().TimeInForce.ShouldBe(TimeInForce.Fak);
    }

    [Fact]
    public void Lock_AtMarket_OffersNoOtherTimeInForce()
    {
        var page = OpenLock();
        page.WaitForElement("dialog .sides");
        page.FindAll("#time-in-force button")[2].Click();

        page.FindAll("dialog .segments button")[1].Click();

        page.WaitForAssertion(() => page.FindAll("#time-in-force").ShouldBeEmpty());
        page.WaitForElement("dialog .sides");
        page.Find("dialog footer .primary").Click();
        (Orders.Placed.ShouldHaveSingleItem().Type, Orders.Placed[0].TimeInForce).ShouldBe((OrderType.Market, TimeInForce.Day));
    }

    [Fact]
    public void Order_ThatNeverWaits_IsNamedSoAndCannotBeChanged()
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        Snapshots.Publish(sample with { Orders = [sample.Orders[0] with { State = OrderState.Accepted, Purpose = OrderPurpose.Close, TimeInForce = TimeInForce.Fok }] });

        var page = Render<PositionsPage>();

        page.FindAll(".tag").Select(tag => tag.TextContent).ShouldContain("FOK");
        page.FindAll("[data-change]").ShouldBeEmpty();
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
    public void Change_Opened_SendsNothingUntilSomethingIsChanged()
    {
        var page = OpenChange();

        page.Find("dialog footer .primary").HasAttribute("disabled").ShouldBeTrue();
        page.FindAll("dialog .sent").ShouldBeEmpty();
        page.Find("#change-price").Change("783.98");
        page.WaitForElement("dialog .sent").TextContent.ShouldContain("The working order is cancelled: Sell close today, 1 lot at 784.20.");
        page.FindAll("dialog .sent li")[1].TextContent.ShouldBe("Once that is certain, a new one goes out: Sell close today, 1 lot at 783.98.");
        Orders.Replaced.ShouldBeEmpty();
    }

    [Fact]
    public void Change_ClickedTwice_IsSentOnceAndItsResultTold()
    {
        var page = OpenChange();
        page.Find("#change-price").Change("783.98");
        page.WaitForElement("dialog .sent");
        var ends = new TaskCompletionSource();
        Orders.Ends = ends.Task;

        page.Find("dialog footer .primary").Click();
        page.Find("dialog footer .primary").HasAttribute("disabled").ShouldBeTrue();
        page.Find("dialog footer .primary").Click();
        ends.SetResult();

        page.WaitForAssertion(() => page.FindAll("dialog").ShouldBeEmpty());
        Orders.Replaced.ShouldHaveSingleItem().ShouldBe((new ClientOrderId("QD261120ABCDEFGHJKMNPQRS-1"), new Price(783.98m), null));
        page.Find(".notice").TextContent.ShouldContain("SHFE.au2509: cancel sent; 1 lot at 783.98 to follow once it is certain.");
    }

    [Fact]
    public void Change_Refused_SaysSoAtTheFieldAndCannotBeSent()
    {
        var page = OpenChange();
        Orders.Refusal = new("price", "off_tick", 783.99m, 0.02m, 783.98m);

        page.Find("#change-price").Change("783.99");

        page.WaitForAssertion(() => page.Find("dialog .field .error").TextContent.ShouldBe("Must be a multiple of the price tick 0.02, such as 783.98; was 783.99."));
        page.Find("#change-price").GetAttribute("aria-invalid").ShouldBe("true");
        page.Find("dialog footer .primary").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public void Change_OrderEndsMeanwhile_CannotBeSent()
    {
        var page = OpenChange();
        page.Find("#change-price").Change("783.98");
        page.WaitForElement("dialog .sent");

        Publish(SampleSnapshot.At(SampleSnapshot.Now.AddSeconds(1), 1) with { Orders = [] });

        page.WaitForAssertion(() => page.Find("dialog .notice").TextContent.ShouldContain("cannot be changed any more"));
        page.Find("dialog footer .primary").HasAttribute("disabled").ShouldBeTrue();
    }

    [Theory]
    [InlineData(OrderState.Cancelling, OrderPurpose.Close, false)]
    [InlineData(OrderState.Unknown, OrderPurpose.Close, false)]
    [InlineData(OrderState.Accepted, OrderPurpose.Unlock, false)]
    [InlineData(OrderState.PartiallyFilled, OrderPurpose.Close, true)]
    public void Change_IsOfferedOnlyWhereItIsPossible(OrderState state, OrderPurpose purpose, bool offered)
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        Snapshots.Publish(sample with { Orders = [sample.Orders[0] with { State = state, Purpose = purpose }] });

        Render<PositionsPage>().FindAll("[data-change]").Count.ShouldBe(offered ? 1 : 0);
    }

    /// <summary>Closing today costs 80, and 48 when every lot is an older one, five hours from now.</summary>
    [Fact]
    public void Lock_OfToday_ShowsWhenUnlockingCostsTheOtherFee()
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        Snapshots.Publish(sample with { LockViews = [sample.LockViews[0] with { UnwindFeeToday = 80, UnwindFeeLater = 48, UnwindLaterFrom = SampleSnapshot.Now.AddHours(5) }] });
        var clock = Render<PositionsPage>().Find(".held-locks [data-later]").TextContent;
        clock.ShouldStartWith("32.00 less from ");
        clock.ShouldEndWith("5:00:00");
        Render<QuantDash.Web.Features.Locks.LocksPage>().Find("#locks [data-later]").TextContent.ShouldBe(clock);
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

    private IRenderedComponent<PositionsPage> OpenChange()
    {
        var page = Render<PositionsPage>();
        page.Find("[data-change]").Click();
        return page;
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
