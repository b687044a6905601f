using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Hosting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Bars;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Configuration;
using QuantDash.Web.Features.Backtests;
using QuantDash.Web.Jobs;

namespace QuantDash.Tests.Web.Features.Backtests;

public sealed class BacktestPagesTests : ScreenContext
{
    private readonly TempFolder _folder = new();
    private readonly BarArchive _archive;
    private readonly TickArchive _ticks;
    private readonly ComputeLanes _lanes = new(1);

    public BacktestPagesTests()
    {
        _archive = new(_folder.File("bars"));
        _ticks = new(_folder.File("ticks"));
        Services.AddSingleton<IBarArchive>(_archive);
        Services.AddSingleton<ITickArchive>(_ticks);
        Services.AddSingleton(TradingCalendar.FromReferenceData());
        Services.AddSingleton(Options.Create(new QuantDashOptions { DataDirectory = _folder.Path }));
        Services.AddSingleton<IAuditLog, NoAudit>();
        Services.AddSingleton(_lanes);
        Services.AddSingleton<IStrategyDefinitions, BuiltInDefinitions>();
        Services.AddBacktests();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _lanes.Dispose();
        _ticks.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Page_WithoutBars_SaysWhereTheyComeFrom()
    {
        var page = Render<BacktestsPage>();

        page.FindAll(".empty")[0].TextContent.ShouldContain("Import a file");
        page.FindAll(".empty")[1].TextContent.ShouldContain("No backtests yet");
    }

    [Fact]
    public void Form_IsMadeOfTheDeclaration_WithUnitRangeAndHelp()
    {
        BacktestSeries.Store(_archive);
        var page = Render<BacktestsPage>();

        page.Find("#bt-strategy").Change("sma-cross");

        page.Find("#bt-p-fast").GetAttribute("value").ShouldBe("10");
        page.Find("label[for=bt-p-fast]").TextContent.ShouldContain("(bars)");
        page.Find("#bt-p-fast").ParentElement!.TextContent.ShouldContain("1");
        page.FindAll("#bt-p-direction option").Select(option => option.GetAttribute("value")).ShouldBe(["both", "long", "short"]);
        page.Find("#bt-strategy").Change("donchian");
        page.Find("#bt-p-channel").GetAttribute("value").ShouldBe("20");
        page.FindAll("#bt-timeframe option").Select(option => option.TextContent).ShouldContain("5m");
    }

    [Fact]
    public void Form_BeginsWithTheMovingAverages_OverBars()
    {
        BacktestSeries.Store(_archive);

        var page = Render<BacktestsPage>();

        page.Find("#bt-strategy").GetAttribute("value").ShouldBe("sma-cross");
        page.Find("#bt-p-fast").GetAttribute("value").ShouldBe("10");
        page.Find("#bt-on").GetAttribute("value").ShouldBe("Bars");
        page.FindAll("#bt-latency").ShouldBeEmpty();
    }

    [Fact]
    public void Ticks_AreRunFromTheForm_AndTheResultSaysSo()
    {
        BacktestSeries.Store(_archive);
        TickWave.Store(_ticks);
        var page = Render<BacktestsPage>();
        page.Find("#bt-on").Change("Ticks");
        page.FindAll("#bt-series option").Select(option => option.TextContent).ShouldBe(["CZCE.TA2505 · live"]);
        page.FindAll("#bt-sweep").ShouldBeEmpty();
        page.FindAll("#bt-fill").ShouldBeEmpty();
        page.FindAll("#bt-timeframe option").Select(option => option.TextContent).ShouldNotContain("1d");
        page.Find("#bt-p-fast").Change("2");
        page.Find("#bt-p-slow").Change("5");
        page.Find("#bt-latency").Change("250");

        page.Find("form.backtest").Submit();

        var record = Ended();
        record.State.ShouldBe(BacktestState.Done, record.Error);
        (record.Request.On, record.Request.LatencyMs, record.Request.SessionsAlways, record.Ticks).ShouldBe((BacktestBasis.Ticks, 250m, false, 3 * TickWave.Ticks(TickWave.Days[0]).Length));
        var result = Render<BacktestResultPage>(parameters => parameters.Add(p => p.Id, record.Id));
        result.WaitForAssertion(() => result.FindAll(".figure").Count.ShouldBe(6));
        result.Markup.ShouldContain("order latency 250 ms");
        result.Find(".page-head").TextContent.ShouldContain("recorded ticks");
        result.Markup.ShouldContain("Average price");
        Render<BacktestList>().Find("tbody tr").TextContent.ShouldContain("recorded ticks");
    }

    [Fact]
    public void TicksOfOtherDays_AreNamedAtTheField_WithWhatIsRecorded()
    {
        TickWave.Store(_ticks);
        var page = Render<BacktestsPage>();
        page.Find("#bt-on").GetAttribute("value").ShouldBe("Ticks", "there are no bars");

        page.Find("#bt-from").Change("2025-04-01");
        page.Find("form.backtest").Submit();

        page.WaitForAssertion(() => page.Find("#bt-from").ParentElement!.QuerySelector(".error")!.TextContent.ShouldContain("2025-03-05"));
        page.Find("#bt-on").Change("Bars");
        page.Markup.ShouldContain("No bars are stored yet");
        page.Find("form.backtest").Submit();
        page.WaitForAssertion(() => page.Find("#bt-series").ParentElement!.QuerySelector(".error").ShouldNotBeNull());
    }

    [Fact]
    public void FundingFile_IsReadAndCounted_AndAWrongOneNamed()
    {
        BacktestSeries.Store(_archive, "BINANCE.ETHUSDT");
        var page = Render<BacktestsPage>();
        var file = page.FindComponent<Microsoft.AspNetCore.Components.Forms.InputFile>();

        file.UploadFiles(InputFileContent.CreateFromText("timestamp,rate\n2024-01-03T00:00:00Z,2\n", "wrong.csv"));
        page.WaitForAssertion(() => page.Find("#bt-funding").ParentElement!.QuerySelector(".error")!.TextContent.ShouldContain("line 2"));
        file.UploadFiles(InputFileContent.CreateFromText("timestamp,rate\n2024-01-03T00:00:00Z,0.001\n2024-01-04T00:00:00Z,0.001\n", "rates.csv"));
        page.WaitForAssertion(() => page.Markup.ShouldContain("2 payments"));
        page.Find("form.backtest").Submit();

        var record = Ended();
        record.State.ShouldBe(BacktestState.Done, record.Error);
        record.Request.Funding!.Count.ShouldBe(2);
        record.Statistics!.Funding.ShouldNotBe(0m);
        var result = Render<BacktestResultPage>(parameters => parameters.Add(p => p.Id, record.Id));
        result.WaitForAssertion(() => result.Markup.ShouldContain("funding of 2 given payments"));
        page.Find("#bt-funding-forget").Click();
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("2 payments"));
    }

    [Fact]
    public void WrongValues_AreNamedAtTheirFields()
    {
        BacktestSeries.Store(_archive);
        var page = Render<BacktestsPage>();
        page.Find("#bt-strategy").Change("sma-cross");

        page.Find("#bt-p-fast").Change("0");
        page.Find("#bt-p-volume").Change("x");
        page.Find("#bt-cash").Change("0");
        page.Find("form.backtest").Submit();

        page.WaitForAssertion(() => page.Find("#bt-p-fast").ParentElement!.QuerySelector(".error")!.TextContent.ShouldContain("1 to 1000"));
        page.Find("#bt-p-volume").ParentElement!.QuerySelector(".error")!.TextContent.ShouldContain("x");
        page.Find("#bt-cash").ParentElement!.QuerySelector(".error").ShouldNotBeNull();
        Services.GetRequiredService<BacktestDesk>().Records.ShouldBeEmpty();
    }

    [Fact]
    public void Start_RunsIt_AndTheResultOpens()
    {
        BacktestSeries.Store(_archive);
        var page = Render<BacktestsPage>();
        page.Find("#bt-strategy").Change("sma-cross");
        page.Find("#bt-p-slow").Change("15");

        page.Find("form.backtest").Submit();

        var record = Ended();
        record.State.ShouldBe(BacktestState.Done, record.Error);
        record.Request.Parameters["slow"].ShouldBe("15");
        var result = Render<BacktestResultPage>(parameters => parameters.Add(p => p.Id, record.Id));
        result.WaitForAssertion(() => result.FindAll(".figure").Count.ShouldBe(6));
        result.FindAll(".drawings svg").Count.ShouldBe(6);
        result.Markup.ShouldContain("True Sharpe above 0");
        result.Find("#bt-html").GetAttribute("href").ShouldBe($"/api/backtests/{record.Id}/report.html");
        var list = Render<BacktestList>();
        list.Find("tbody tr").TextContent.ShouldContain("sma-cross");
    }

    [Fact]
    public void Sweep_IsAHeatMapWhosePairsCanBeRun()
    {
        BacktestSeries.Store(_archive);
        var page = Render<BacktestsPage>();
        page.Find("#bt-strategy").Change("sma-cross");
        page.Find("#bt-sweep").Change(true);
        page.FindAll("#bt-p-fast").ShouldBeEmpty();
        foreach (var (id, value) in ((string, string)[])[("bt-x-from", "2"), ("bt-x-to", "4"), ("bt-x-step", "1"), ("bt-y-from", "6"), ("bt-y-to", "8"), ("bt-y-step", "2")]) page.Find("#" + id).Change(value);

        page.Find("form.backtest").Submit();

        var record = Ended();
        record.State.ShouldBe(BacktestState.Done, record.Error);
        var result = Render<BacktestResultPage>(parameters => parameters.Add(p => p.Id, record.Id));
        result.WaitForAssertion(() => result.FindAll(".map td button").Count.ShouldBe(6));
        result.FindAll(".map td.best").Count.ShouldBe(1);
    }

    [Fact]
    public void Compare_ShowsBothAndWhatOnlyOneTraded()
    {
        BacktestSeries.Store(_archive);
        var page = Render<BacktestsPage>();
        page.Find("#bt-strategy").Change("sma-cross");
        page.Find("form.backtest").Submit();
        var first = Ended();
        page.Find("#bt-p-fast").Change("4");
        page.Find("form.backtest").Submit();
        var second = Ended();

        Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo($"/backtests/compare?a={first.Id}&b={second.Id}");
        var compared = Render<BacktestComparePage>();

        compared.WaitForAssertion(() => compared.FindAll(".groups section").Count.ShouldBe(5));
        compared.Find(".groups tbody tr").QuerySelectorAll("td").Length.ShouldBe(3);
        compared.Markup.ShouldContain("Only in B");
        compared.FindAll("svg[role=img]").Count.ShouldBe(1);
    }

    /// <summary>The newest, once it is over.</summary>
    private BacktestRecord Ended()
    {
        var desk = Services.GetRequiredService<BacktestDesk>();
        SpinWait.SpinUntil(() => desk.Records is [{ IsOver: true }, ..] && desk.ProgressOf(desk.Records[0].Id) is null, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        return desk.Records[0];
    }

    private sealed class NoAudit : IAuditLog
    {
        public Task RecordAsync(AuditNote note, CancellationToken stop = default) => Task.CompletedTask;
    }
}
