using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Orders;

namespace QuantDash.Tests.Web.Features.Orders;

public sealed class TradesPageTests : ScreenContext
{
    [Fact]
    public void Trades_ShowTimePriceLotsFeeAndProfit_NewestFirst()
    {
        var rows = Render<TradesPage>().WaitForElements("#trades tbody tr");
        rows.Count.ShouldBe(2);
        rows[0].Children.Select(cell => cell.TextContent).ShouldBe(
            ["2026-11-20 10:39:07.000", "SHFE.au2509", "Sell close today", "783.50", "1", "10.00", "+3,500.00", "a rule · lockrulefiringlock", "QD261120ABCDEFGHJKMNPQRS-2", "T-9"]);
        rows[1].Children.Select(cell => cell.TextContent).ShouldBe(["2026-11-20 10:28:07.000", "CZCE.TA2505", "Sell open", "5,702", "8", "24.00", "", "made elsewhere", "", "T-8"]);
    }

    [Fact]
    public void Trade_LinksToItsOrderRuleAndFiring()
    {
        var row = Render<TradesPage>().WaitForElements("#trades tbody tr")[0];
        row.QuerySelectorAll("a").Select(link => link.GetAttribute("href")).ShouldBe(
        [
            $"/lock?rule={SampleSnapshot.ProfitRule}", "/audit?story=00000000-0000-4000-8000-000000000502", "/positions",
            $"/orders?account_id={SampleSnapshot.Demo.Value}&order_id=QD261120ABCDEFGHJKMNPQRS-2",
        ]);
    }

    [Fact]
    public void Totals_AreThoseOfTheWholeSearch()
    {
        var page = Render<TradesPage>();
        var totals = page.WaitForElement(".totals");
        totals.QuerySelectorAll("dd").Select(cell => cell.TextContent.Trim()).ShouldBe(["2", "9", "1,011,580", "34.00", "+3,500.00", "+3,466.00"]);
    }

    [Fact]
    public void Totals_WhileTradesComeEverySecond_AreAddedUpEveryFiveSeconds_TheLastOneToo()
    {
        var page = Render<TradesPage>();
        page.WaitForElement(".totals");
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        for (var second = 1; second <= 3; second++)
            Publish(sample with { At = sample.At.AddSeconds(second), Orders = [sample.Orders[0] with { FilledVolume = new(second), Volume = new(10) }] });
        page.WaitForAssertion(() => SamplePast.Asked.Count.ShouldBe(4));
        SamplePast.Summed.ShouldBe(1);
        Publish(sample with { At = sample.At.AddSeconds(6), Orders = [sample.Orders[0] with { FilledVolume = new(3), Volume = new(10) }] });
        page.WaitForAssertion(() => SamplePast.Summed.ShouldBe(2));
    }

    [Fact]
    public void Totals_OfTwoCurrencies_AreNotAdded()
    {
        var other = new AccountId(Guid.NewGuid());
        var totals = TradeTotals.Of(
            [new(SampleSnapshot.Demo, SampleSnapshot.Pta.Symbol, 3, 6, 33_000, 9, 2, 1, -60), new(other, Symbol.Create("HK", "09988"), 1, 100, 8_000, 1, 0, 0, 0), new(SampleSnapshot.Demo, SampleSnapshot.Pvc.Symbol, 1, 1, 2_800, 3, 0, 0, 0)],
            symbol => symbol.Exchange == "HK" ? null : 5, id => id == other ? Currency.Hkd : Currency.Cny);
        totals.ShouldBe([new(Currency.Cny, 4, 7, 179_000, 12, 2, 1, -60), new(Currency.Hkd, 1, 100, null, 1, 0, 0, 0)]);
        totals[0].Net.ShouldBe(-72);
    }

    [Fact]
    public void Search_ByTime_IsOnTheExchangesClock()
    {
        var browser = Services.GetRequiredService<NavigationManager>();
        var page = Render<TradesPage>();
        page.WaitForElement("#search-since").Change("2026-11-20T09:00:00");
        page.WaitForAssertion(() => browser.Uri.ShouldEndWith("/trades?since=2026-11-20T01%3A00%3A00Z")); // The sums may be drawn just now.
        page.WaitForAssertion(() => SamplePast.Asked[^1].Since.ShouldBe(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero)));
        page.Find("#search-since").GetAttribute("value").ShouldBe("2026-11-20T09:00:00");
        page.Find("#search-clear").Click();
        page.WaitForAssertion(() => browser.Uri.ShouldEndWith("/trades"));
    }
}
