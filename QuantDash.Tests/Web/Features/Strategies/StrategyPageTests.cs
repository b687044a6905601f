using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Hosting;
using QuantDash.Core.Markets;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Strategies;
using QuantDash.Web.Ui;

namespace QuantDash.Tests.Web.Features.Strategies;

public sealed class StrategyPageTests : ScreenContext
{
    private readonly SampleStrategyArchive _archive = new();

    public StrategyPageTests()
    {
        Services.AddSingleton<IStrategyControls>(new SampleStrategyControls());
        Services.AddSingleton<IStrategyArchive>(_archive);
        Services.AddSingleton(new QuantDash.Web.Live.PriceBoard(new QuantDash.Web.Live.BarBoard(null!, null!)));
    }

    [Fact]
    public void Page_TellsParametersRunsRecordsAndLog()
    {
        _archive.Runs.Add(SampleStrategies.Running(SampleSnapshot.Now).Run! with { State = StrategyRunState.Stopped, EndedAt = SampleSnapshot.Now, Reason = "手动停止" });
        var page = Open(SampleStrategies.Trend);

        page.Find("h1").TextContent.ShouldBe("Strategies / PTA trend");
        page.Find("#facts").TextContent.ShouldContain("Fast average5 bars");
        page.Find("#facts").TextContent.ShouldContain("Slow average20 bars");
        page.WaitForAssertion(() => page.Find("#runs tbody").TextContent.ShouldContain("stopped by hand"));
        page.FindAll("#records tbody tr").Count.ShouldBe(3);
        page.FindAll("#records-of").ShouldBeEmpty();
        page.Find("#log").TextContent.ShouldContain("average crossed");
    }

    [Fact]
    public void Id_OfNone_SaysSo() => Open(Guid.NewGuid()).Find(".empty").TextContent.ShouldContain("There is no such strategy");

    [Fact]
    public void Chart_HasCandlesSignalsAndWhatIsHeldAndWorks()
    {
        var snapshot = SampleStrategies.In(Snapshots.Current);
        var card = StrategyCardView.Of(snapshot, snapshot.Strategies[0]);
        var start = SampleSnapshot.Now.AddMinutes(-25);
        Bar[] bars = [BarAt(start), BarAt(start.AddMinutes(1))];
        var words = new StrategyChartWords("open", "volume", side => $"{side}", action => $"{action}", result => $"{result}", []);

        var chart = StrategyChart.Draw(card, SampleSnapshot.Pta.Symbol, 2m, bars, words);

        chart.Series[0].Y.ShouldBe([5690d, 5690d]);
        chart.Levels.Select(level => level.Value).ShouldBe([5650d, 5640d]);
        chart.Markers.Select(marker => (marker.Y, marker.Tone, marker.Up)).ShouldBe([(5688d, Tone.Info, true), (5690d, Tone.Good, true)]);
        StrategyChart.Draw(card, SampleSnapshot.Pta.Symbol, 2m, [], words).IsEmpty.ShouldBeTrue();
    }

    private static Bar BarAt(DateTimeOffset start) => new()
    {
        Start = start, End = start.AddMinutes(1), TradingDay = new DateOnly(2026, 11, 20), Open = new(5680m), High = new(5692m), Low = new(5678m), Close = new(5690m), Volume = 12, OpenInterest = 0,
    };

    private IRenderedComponent<StrategyPage> Open(Guid id)
    {
        Snapshots.Publish(SampleStrategies.In(Snapshots.Current));
        var page = Render<StrategyPage>(p => p.Add(page => page.Id, id));
        page.WaitForElement("#records, .empty");
        return page;
    }
}
