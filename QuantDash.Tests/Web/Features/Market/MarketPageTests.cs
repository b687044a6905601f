using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Market;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Charts;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Tests.Web.Features.Market;

public sealed class MarketPageTests : ScreenContext
{
    [Fact]
    public void WatchList_HasEveryContractOfTheSource_WithItsPrice()
    {
        var rows = Render<MarketPage>().FindAll(".watch tbody tr");
        rows.Count.ShouldBe(4);
        rows[0].TextContent.ShouldContain("CFFEX.IF2512");
        rows[0].TextContent.ShouldContain("4,512.6");
        rows[0].TextContent.ShouldContain("+14.4");
        rows[0].TextContent.ShouldContain("+0.32%");
        rows[0].TextContent.ShouldContain("345,678");
        rows[0].ClassList.ShouldContain("old"); // Silent for 48 s.
        rows[1].ClassList.ShouldNotContain("old");
    }

    [Fact]
    public void WatchList_OfOnesOwn_IsKept_AndWhatIsTakenOffIsGone()
    {
        MarketDesk.Watched = [WatchEntry.Of(SampleSnapshot.Gold.Symbol), WatchEntry.Of(SampleMarketDesk.NextGold.Symbol)];
        var page = Render<MarketPage>();
        page.FindAll(".watch tbody tr").Select(row => row.GetAttribute("data-entry")).ShouldBe(["SHFE.au2509", "SHFE.au2512"]);
        page.FindAll(".watch tbody tr")[1].TextContent.ShouldContain("no tick yet");

        page.Find("input[name=symbol]").Change("v2505");
        page.Find(".add-symbol").Submit();
        MarketDesk.Watched!.Select(e => e.ToString()).ShouldBe(["SHFE.au2509", "SHFE.au2512", "DCE.v2505"]);
        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("symbol=DCE.v2505");

        page.FindAll(".watch tbody button")[1].Click();
        MarketDesk.Watched!.Select(e => e.ToString()).ShouldBe(["SHFE.au2509", "DCE.v2505"]);
    }

    [Fact]
    public void WatchList_WhatIsNoContract_IsSaidAndNotAdded()
    {
        var page = Render<MarketPage>();
        page.Find("input[name=symbol]").Change("xx9999");
        page.Find(".add-symbol").Submit();
        page.Find(".add-symbol [role=alert]").TextContent.ShouldContain("xx9999");
        MarketDesk.Watched.ShouldBeNull();
    }

    [Fact]
    public void Row_ReachedByTheKeyboard_IsSelected()
    {
        var page = Render<MarketPage>();
        page.Find("tr[data-entry='DCE.v2505']").Focus();
        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("symbol=DCE.v2505");
    }

    [Fact]
    public void Address_InAnySpelling_SelectsTheContract()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/market?symbol=v2505");
        var page = Render<MarketPage>();
        page.Find("tr[aria-selected=true]").GetAttribute("data-entry").ShouldBe("DCE.v2505");
        page.Find(".panel .last").TextContent.ShouldBe("2,806");
    }

    [Fact]
    public void Quote_ShowsPriceBookAndTheDaysFigures()
    {
        var page = Render<MarketPage>();
        page.Find(".panel .last").TextContent.ShouldBe("4,512.6");
        page.Find(".panel .change").TextContent.ShouldContain("+14.4 +0.32%");
        page.FindAll(".panel .book dd").Select(cell => cell.TextContent).ShouldBe(["4,512.8", "87", "4,512.4", "123"]);
        page.Find(".panel .levels").TextContent.ShouldContain("Spread 2 ticks");
        page.Find(".panel .levels").TextContent.ShouldContain("one level");
        page.FindAll(".panel .facts dd").Select(cell => cell.TextContent).ShouldBe(
            ["4,506.6", "4,517.0", "4,504.4", "4,498.2", "4,813.0", "4,183.2", "345,678", "812,340", "0.2", "60 CNY"]);
    }

    [Fact]
    public void Quote_WithTheNextTick_ChangesByItself()
    {
        var page = Render<MarketPage>();
        var now = Snapshots.Current;
        var index = now.Quotes.Single(quote => quote.Contract == SampleSnapshot.Index);
        var moved = index with { Tick = index.Tick with { LastTicks = index.Tick.LastTicks + 5, BidTicks = index.Tick.BidTicks + 5, BidVolume = 124 } };

        Publish(now with { Quotes = [.. now.Quotes.Select(quote => quote == index ? moved : quote)] });

        page.WaitForAssertion(() => page.Find(".panel .last").TextContent.ShouldBe("4,513.6"));
        page.FindAll(".panel .book dd").Select(cell => cell.TextContent).ShouldBe(["4,512.8", "87", "4,513.4", "124"]);
    }

    [Fact]
    public void Sales_ShowEveryTick_WithVolumeInterestAndKind()
    {
        var first = SampleSnapshot.At(SampleSnapshot.Now).Quotes.Single(quote => quote.Contract == SampleSnapshot.Index).Tick;
        Take(first, first with { LastTicks = first.AskTicks, DayVolume = first.DayVolume + 5, OpenInterest = first.OpenInterest + 2 });

        var rows = Render<MarketPage>().FindAll(".sales tbody tr");
        rows.Count.ShouldBe(2);
        rows[0].QuerySelectorAll("td").Skip(1).Select(cell => cell.TextContent.Trim()).ShouldBe(["4,512.8 ↑", "5", "+2", "open long"]);
    }

    [Fact]
    public void MainContract_Switched_TheProductsLineShowsTheNewOneAndSaysSo()
    {
        MarketDesk.Mains = new([new(SampleSnapshot.Gold.Symbol, "au", new(2026, 11, 1), false, "trader", SampleSnapshot.Now)]);
        MarketDesk.Watched = [WatchEntry.MainOf("SHFE", "au")];
        var page = Render<MarketPage>();
        page.Find(".watch tbody tr b").TextContent.ShouldBe("SHFE.au2509main");

        page.Find("[data-main]").Click();
        page.Find("#main-symbol").Input("SHFE.au2512");
        page.Find("#switch-main").Click();

        MarketDesk.Switches.ShouldBe([("SHFE.au2512", SampleMarketDesk.Today, false)]);
        page.WaitForAssertion(() => page.Find(".watch tbody tr b").TextContent.ShouldBe("SHFE.au2512main"));
        page.Markup.ShouldContain("Main contract switched: SHFE.au2509 → SHFE.au2512");
        page.FindAll(".panel").ShouldBeEmpty(); // Nothing of the old one is left standing: the new one has no tick yet.
    }

    [Fact]
    public void NewMainContract_Found_IsSaidWithAButton()
    {
        var main = new MainContract(SampleSnapshot.Gold.Symbol, "au", new(2026, 11, 1), false, "trader", SampleSnapshot.Now);
        MarketDesk.NewMains = [new(main, SampleMarketDesk.NextGold.Symbol, 200_000, 150_000, new(2026, 11, 23))];
        var page = Render<MarketPage>();
        page.Find(".notice").TextContent.ShouldContain("SHFE.au2512 has more open interest (200,000)");
        page.Find("[data-switch]").Click();
        page.Find("#main-symbol").GetAttribute("value").ShouldBe("SHFE.au2512");
    }

    [Fact]
    public void Feed_AllContractsSilent_SaysSinceWhen()
    {
        var now = Snapshots.Current;
        var page = Render<MarketPage>();
        page.Find(".feed-line").GetAttribute("data-feed").ShouldBe("Live");
        Publish(now with { Quotes = [.. now.Quotes.Select(quote => quote with { Health = QuantDash.Core.Engine.QuoteHealth.Stale })] });
        page.WaitForAssertion(() => page.Find(".feed-line").GetAttribute("data-feed").ShouldBe("Silent"));
        page.Find(".feed-line").TextContent.ShouldContain("1, 2, 4, 8");
    }

    [Fact]
    public void Alert_Added_IsOfThisContractAndSource_AndListed()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/market?symbol=v2505");
        var page = Render<MarketPage>();
        page.Find("#alert-direction").Change("Below");
        page.Find("#alert-price").Change("2780");
        page.Find(".alert-form").Submit();
        MarketDesk.Alerts.ShouldBe([new(SampleSnapshot.Source, SampleSnapshot.Pvc.Symbol, new(2780), AlertDirection.Below)]);

        Publish(Snapshots.Current with { Alerts = [Alert(2780, AlertDirection.Below)] });
        page.WaitForAssertion(() => page.Find(".alerts li").TextContent.ShouldContain("26 ticks away"));
    }

    [Fact]
    public async Task Level_Dragged_SaysOldAndNewAndDistance_AndMovesWhenConfirmed()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/market?symbol=v2505");
        var alert = Alert(2780, AlertDirection.Below);
        Snapshots.Publish(Snapshots.Current with { Alerts = [alert] });
        TakeTrace();
        var page = Render<MarketPage>();
        var chart = page.FindComponent<Chart>();
        chart.Instance.Model.Levels.ShouldContain(level => level.Id == $"Alert:{alert.Id}" && level.Value == 2780);

        await page.InvokeAsync(() => chart.Instance.LevelMovedAsync($"Alert:{alert.Id}", 2790));
        page.Find("dialog .figure").TextContent.ShouldBe("2,780 → 2,790");
        page.Find("dialog").TextContent.ShouldContain("-16 ticks");
        MarketDesk.Moves.ShouldBeEmpty();
        page.Find("#move-level").Click();
        MarketDesk.Moves.ShouldBe([(new(LevelKind.Alert, alert.Id), new(2790))]);
        page.FindAll("dialog").ShouldBeEmpty();
    }

    [Fact]
    public async Task Level_OfARule_ThatWouldFireThere_WarnsAndCancelLeavesItAlone()
    {
        var rule = Snapshots.Current.Rules.First(r => r.Rule.StopLossPrice is not null);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/market?symbol={rule.Rule.Symbol.Code}");
        TakeTrace();
        var page = Render<MarketPage>();
        var quote = Snapshots.Current.Quotes.Single(q => q.Contract.Symbol == rule.Rule.Symbol);
        await page.InvokeAsync(() => page.FindComponent<Chart>().Instance.LevelMovedAsync($"Stop:{rule.Rule.Id}", (double)quote.Last.Value));
        page.Find("dialog .notice").TextContent.ShouldContain("fire with the next tick");
        page.Find("dialog footer .button").Click();
        page.FindAll("dialog").ShouldBeEmpty();
        MarketDesk.Moves.ShouldBeEmpty();
    }

    private static PriceAlert Alert(decimal level, AlertDirection direction) => new()
    {
        Id = new("33333333-3333-4333-8333-333333333333"), Source = SampleSnapshot.Source, Symbol = SampleSnapshot.Pvc.Symbol, Level = new(level), Direction = direction,
        CreatedAt = SampleSnapshot.Now, UpdatedAt = SampleSnapshot.Now,
    };

    /// <summary>Something to draw.</summary>
    private void TakeTrace()
    {
        var window = new SessionWindow(SessionPhase.Continuous, SampleMarketDesk.Today, SampleSnapshot.Now, SampleSnapshot.Now);
        var board = Services.GetRequiredService<PriceBoard>();
        board.Take([.. Snapshots.Current.Quotes.Select(quote => new RecordedTick(SampleSource with { Clock = SourceClock.Ticks }, quote.Contract, window, quote.Tick, false))]);
    }

    private void Take(params IReadOnlyList<Tick> ticks)
    {
        var window = new SessionWindow(SessionPhase.Continuous, SampleMarketDesk.Today, SampleSnapshot.Now, SampleSnapshot.Now);
        Sales.Take([.. ticks.Select(tick => new RecordedTick(SampleSource, SampleSnapshot.Index, window, tick, false))]);
    }

    private static Source SampleSource { get; } = new() { Name = SampleSnapshot.Source, Clock = SourceClock.Wall, CreatedAt = SampleSnapshot.Now };
}
