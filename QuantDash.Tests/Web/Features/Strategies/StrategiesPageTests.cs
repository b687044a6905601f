using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Hosting;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Strategies;
using QuantDash.Web.Ui;

namespace QuantDash.Tests.Web.Features.Strategies;

public class StrategiesPageTests : ScreenContext
{
    private readonly SampleStrategyControls _controls = new();
    private readonly SampleStrategyArchive _archive = new();

    public StrategiesPageTests()
    {
        Services.AddSingleton<IStrategyControls>(_controls);
        Services.AddSingleton<IStrategyArchive>(_archive);
    }

    [Fact]
    public void NoStrategy_OffersThoseThereAre()
    {
        var page = Render<StrategiesPage>();
        page.WaitForElement("#catalogue");

        page.FindAll("#catalogue li h3").Select(title => title.TextContent).ShouldContain("Opening buyer");
        page.FindAll("#catalogue button")[1].Click();
        page.Find("#strategy-definition").GetAttribute("value").ShouldBe("donchian");
    }

    [Fact]
    public void Cards_ShowStateModeMoneyAndWhatCanBeDone()
    {
        var page = Busy();

        var trend = page.Find("[data-strategy='PTA trend']");
        trend.QuerySelectorAll(".pill").Select(pill => pill.TextContent).ShouldBe(["Paper", "Running"]);
        trend.TextContent.ShouldContain("+1,240");
        trend.QuerySelector("polyline.up").ShouldNotBeNull();
        trend.QuerySelector(".held")!.TextContent.ShouldContain("3 @ 5,650");
        trend.TextContent.ShouldContain("counts from its next start on");
        trend.QuerySelectorAll("[data-deed]").Select(button => button.GetAttribute("data-deed")).ShouldBe(["Pause", "Stop", "Flatten", "Change"]);
        var broken = page.Find("[data-strategy='Gold grid']");
        broken.TextContent.ShouldContain("division by zero");
        broken.QuerySelectorAll("[data-deed]").Select(button => button.GetAttribute("data-deed")).ShouldBe(["Start", "Delete", "Change"]);
        page.Find("#strategy-sum").TextContent.ShouldBe("1 of 3 running");
    }

    [Fact]
    public void Flatten_ShowsWhatIsClosed_BeforeItIs()
    {
        var page = Busy();
        page.Find("[data-strategy='PTA trend'] [data-deed=Flatten]").Click();

        page.Find("#held tbody").TextContent.ShouldContain("sold at the market");
        page.Find("#held tbody").TextContent.ShouldContain("5,690");
        page.Find("#consequences").TextContent.ShouldContain("1 working order is cancelled");
        _controls.Done.ShouldBeEmpty();
        page.Find("#confirm-deed").Click();

        _controls.Done.ShouldBe([(SampleStrategies.Trend, StrategyDeed.Flatten)]);
        page.FindAll("dialog").ShouldBeEmpty();
    }

    [Fact]
    public void Start_OfALiveOne_SaysThatItIsRealMoney_AndARefusalStaysOnScreen()
    {
        _controls.Refusals.Add(new Problem("id", "strategy_one_at_a_time", "PTA trend"));
        var page = Busy();
        page.Find("[data-strategy='Gold grid'] [data-deed=Start]").Click();

        page.Find("#consequences").TextContent.ShouldContain("Real money");
        page.Find("#confirm-deed").ClassList.ShouldContain("danger");
        page.Find("#confirm-deed").Click();

        page.Find("dialog").TextContent.ShouldContain("Only one strategy may run at a time, and PTA trend does.");
    }

    [Fact]
    public void Stop_OfOneThatHolds_WarnsThatNobodyWatches()
    {
        var page = Busy();
        page.Find("[data-strategy='PTA trend'] [data-deed=Stop]").Click();

        page.Find("#consequences").TextContent.ShouldContain("nobody watches over it any more");
    }

    [Fact]
    public void Records_AreThoseStoredAndThoseThatCome_AndCanBeFiltered()
    {
        _archive.Signals.Add(SampleStrategies.Signal(1, SignalResult.Success, SampleSnapshot.Now.AddDays(-1)));
        var page = Busy();

        page.FindAll("#records tbody tr").Count.ShouldBe(4);
        page.Find("#records tbody tr").TextContent.ShouldContain("bar 1m 11-20 10:41");
        page.Find("#records").TextContent.ShouldContain("Paused: it opens nothing more.");
        page.Find("#records-result").Change("Failed");
        page.WaitForAssertion(() => page.FindAll("#records tbody tr").Count.ShouldBe(1));

        page.Find("#records-result").Change("");
        var later = SampleStrategies.Running(SampleSnapshot.Now);
        Publish(Snapshots.Current with { Strategies = [later with { Signals = [SampleStrategies.Signal(8, SignalResult.Success, SampleSnapshot.Now.AddMinutes(1)), .. later.Signals] }] });
        page.WaitForAssertion(() => page.FindAll("#records tbody tr").Count.ShouldBe(5));
    }

    /// <summary>600 are stored, and the dearest of them is the oldest: it stands first though its page was never read by time.</summary>
    [Fact]
    public void Records_AreSortedOverTheWholeHistory()
    {
        for (var i = 100; i < 700; i++) _archive.Signals.Add(SampleStrategies.Signal(i, SignalResult.Success, SampleSnapshot.Now.AddMinutes(-i)) with { TriggerPrice = new(5000m + i) });
        var page = Busy();
        page.Find("#records th[aria-sort=descending]").TextContent.Trim().ShouldBe("Time");

        Head(page, "Price").Click();
        page.WaitForAssertion(() => page.Find("#records tbody tr:not([style])").TextContent.ShouldContain("5,699"));
        page.Find("#records th[aria-sort=descending]").TextContent.Trim().ShouldBe("Price");
        Head(page, "Price").Click();
        page.WaitForAssertion(() => page.Find("#records tbody tr:not([style])").TextContent.ShouldContain("5,100"));
        page.Find("#records th[aria-sort=ascending]").TextContent.Trim().ShouldBe("Price");
        page.Find("#records-sort").Change("Result");
        page.WaitForAssertion(() => page.Find("#records tbody tr:not([style])").TextContent.ShouldContain("Not filled"));
    }

    [Fact]
    public void Csv_IsOfWhatIsAskedFor()
    {
        var page = Busy();
        page.Find("#records-csv").GetAttribute("href").ShouldBe("/api/strategies/signals.csv");
        page.Find("#records-of").Change($"{SampleStrategies.Trend}");
        page.Find("#records-result").Change("Failed");
        page.WaitForAssertion(() => page.Find("#records-csv").GetAttribute("href").ShouldBe($"/api/strategies/signals.csv?strategy_id={SampleStrategies.Trend}&execution_result=failed"));
    }

    [Fact]
    public void LongRecords_AreDrawnWhereTheyAreSeen()
    {
        for (var i = 100; i < 700; i++) _archive.Signals.Add(SampleStrategies.Signal(i, SignalResult.Success, SampleSnapshot.Now.AddMinutes(-i)));
        var page = Busy();

        page.FindAll(".table-frame.long #records").ShouldNotBeEmpty();
        page.Find("#older-records").Click();
        page.WaitForAssertion(() => page.Markup.ShouldContain("403"));
    }

    private static AngleSharp.Dom.IElement Head(IRenderedComponent<StrategiesPage> page, string name) => page.FindAll("#records th .sort").Single(button => button.TextContent.Trim() == name);

    private IRenderedComponent<StrategiesPage> Busy()
    {
        Snapshots.Publish(SampleStrategies.In(Snapshots.Current));
        var page = Render<StrategiesPage>();
        page.WaitForElement("#records, .empty");
        return page;
    }
}

/// <summary>Who may only look.</summary>
public sealed class StrategiesPageOfAViewerTests : ScreenContext
{
    public StrategiesPageOfAViewerTests()
    {
        Services.AddSingleton<IStrategyControls>(new SampleStrategyControls());
        Services.AddSingleton<IStrategyArchive>(new SampleStrategyArchive());
    }

    private protected override Rights Rights => Rights.None;

    [Fact]
    public void Viewer_SeesEverything_AndNoButton()
    {
        Snapshots.Publish(SampleStrategies.In(Snapshots.Current));
        var page = Render<StrategiesPage>();
        page.WaitForElement("[data-strategy='PTA trend']");

        page.FindAll("[data-deed], #new-strategy").ShouldBeEmpty();
    }
}
