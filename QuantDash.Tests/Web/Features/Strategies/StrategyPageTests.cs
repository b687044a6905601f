using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Engine;
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
        Services.AddSingleton<SignalJudge>();
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

    /// <summary>Stored: a buy filled after 2 s a tick above the price that was seen, and one that was refused. Live: one filled, one refused and one that works; then the working one is filled after 60 s at 5640.</summary>
    [Fact]
    public void Statistics_AreOfWhatIsStoredAndOfWhatComes()
    {
        var run = SampleStrategies.Running(SampleSnapshot.Now).Run!;
        _archive.Runs.Add(run);
        var filled = SampleStrategies.Signal(1, SignalResult.Success, SampleSnapshot.Now.AddDays(-1)) with { IsOver = true };
        _archive.Signals.Add(filled with { UpdatedAt = filled.TriggerTime.AddSeconds(2) });
        _archive.Signals.Add(SampleStrategies.Signal(2, SignalResult.Failed, SampleSnapshot.Now.AddDays(-1)) with { IsOver = true, ProblemCode = "strategy_paused", ErrorMessage = "策略已暂停" });
        var live = SampleStrategies.Running(SampleSnapshot.Now);
        var (working, refused) = (live.Signals[0], live.Signals[2] with { IsOver = true });
        var page = Open(SampleStrategies.Trend, live with { Signals = [working, refused], Working = [working] });

        page.WaitForElement("#signal-statistics");
        Cells(page, 0).ShouldBe(["CZCE.TA2505Buy · market", "3", "33%", "1 / 0", "2", "0", "0", "2.0 / 2.0", "+1.0of 1"]);
        Cells(page, 1).ShouldBe(["CZCE.TA2505Buy · limit", "1", "—", "0 / 0", "0", "0", "1", "— / —", "—"]);
        Cells(page, 2).ShouldBe(["All", "4", "33%", "1 / 0", "2", "0", "1", "2.0 / 2.0", "+1.0of 1"]);
        page.Find("#signal-reasons").TextContent.Trim().ShouldBe("2 × Paused: it opens nothing more.");

        var done = working with { IsOver = true, Result = SignalResult.Success, FilledVolume = working.Volume, AverageFillPrice = new(5640m), UpdatedAt = working.TriggerTime.AddSeconds(60) };
        Publish(Snapshots.Current with { Strategies = [live with { Signals = [done, refused], Working = [] }] });
        page.WaitForAssertion(() => Cells(page, 1).ShouldBe(["CZCE.TA2505Buy · limit", "1", "100%", "1 / 0", "0", "0", "0", "60.0 / 60.0", "—"]));
        Cells(page, 2).ShouldBe(["All", "4", "50%", "2 / 0", "2", "0", "0", "31.0 / 31.0", "+1.0of 1"]);
    }

    [Fact]
    public void Statistics_OfNoSignals_SayWhatWillStandThere()
    {
        var page = Open(SampleStrategies.Idle);
        page.WaitForAssertion(() => page.Markup.ShouldContain("No signals yet"));
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

    private static List<string> Cells(IRenderedComponent<StrategyPage> page, int row) =>
        [.. page.FindAll("#signal-statistics tbody tr")[row].QuerySelectorAll("td").Select(cell => cell.TextContent.Trim())];

    private IRenderedComponent<StrategyPage> Open(Guid id, StrategyView? trend = null)
    {
        var sample = SampleStrategies.In(Snapshots.Current);
        Snapshots.Publish(trend is null ? sample : sample with { Strategies = [trend] });
        var page = Render<StrategyPage>(p => p.Add(page => page.Id, id));
        page.WaitForElement("#records, .empty");
        return page;
    }
}
