using Bunit;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Market;

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
    }

    [Fact]
    public void Quote_ShowsPriceBookAndTheDaysFigures()
    {
        var page = Render<MarketPage>();
        page.Find(".panel .last").TextContent.ShouldBe("4,512.6");
        page.Find(".panel .change").TextContent.ShouldContain("+14.4 +0.32%");
        page.FindAll(".panel .book dd").Select(cell => cell.TextContent).ShouldBe(["4,512.8", "87", "4,512.4", "123"]);
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
}
