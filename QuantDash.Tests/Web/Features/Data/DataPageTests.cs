using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QuantDash.Core.Audit;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Bars;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Configuration;
using QuantDash.Web.Features.Data;
using QuantDash.Web.Jobs;
using QuantDash.Web.Trading;
using QuantDash.Web.Ui.Files;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Web.Features.Data;

public sealed class DataPageTests : ScreenContext
{
    private readonly TempFolder _folder = new();
    private readonly BarArchive _archive;
    private readonly TickArchive _ticks;
    private readonly NotedAudit _audit = new();
    private readonly KindJobs _jobs = new();

    public DataPageTests()
    {
        _archive = new(_folder.Path);
        Services.AddSingleton<IBarArchive>(_archive);
        Services.AddSingleton(_ => TradingCalendar.FromReferenceData());
        Services.AddSingleton<SeriesCheck>();
        _ticks = new(_folder.File("ticks"));
        Services.AddSingleton<ITickArchive>(_ticks);
        Services.AddSingleton<IAuditLog>(_audit);
        Services.AddSingleton<IBarHistory, RecordedTicksHistory>();
        Services.AddSingleton<HistorySync>().AddSingleton<HistoryImporter>().AddSingleton<HistoryDesk>();
        Services.AddSingleton(MarketCalendars.FromReferenceData()).AddSingleton<BookedDays>().AddSingleton<ReferenceImporter>().AddSingleton<ReferenceDesk>();
        Services.AddSingleton(Options.Create(new QuantDashOptions { DataDirectory = _folder.File("data") }));
        Services.AddSingleton<IJobs>(_jobs);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _ticks.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Page_WithoutBars_SaysHowTheyComeIn()
    {
        var page = Render<DataPage>();

        page.Find(".empty").TextContent.ShouldContain("history import");
    }

    [Fact]
    public void Page_WithSeries_ShowsTheirSpanAndWhatIsMissing()
    {
        Store("CFFEX.IF2506", At("2025-04-29T01:30:00"), At("2025-04-29T01:35:00"), At("2025-04-29T01:45:00"));

        var page = Render<DataPage>();

        page.WaitForAssertion(() => page.Find("td[data-label=Missing]").TextContent.ShouldBe("1"));
        page.Find("td[data-label=From]").TextContent.ShouldBe("2025-04-29 09:30");
        page.Find("td[data-label=To]").TextContent.ShouldBe("2025-04-29 09:50");
        page.Find("td[data-label=Bars]").TextContent.ShouldBe("3");
        page.Find("td[data-label=Doubtful]").TextContent.ShouldBe("0");
    }

    [Fact]
    public void Quality_OfASeries_NamesGapsAndWhatToImportAgain()
    {
        Store("CFFEX.IF2506", At("2025-04-29T01:30:00"), At("2025-04-29T01:35:00"), At("2025-04-29T01:45:00"));
        var page = Render<DataPage>();
        page.WaitForAssertion(() => page.Find("td.actions button").HasAttribute("disabled").ShouldBeFalse());

        page.Find("td.actions button").Click();

        var items = page.FindAll(".list li").Select(item => item.TextContent).ToList();
        items.ShouldBe(["2025-04-29 · 1 missing", "2025-04-29 09:40 – 2025-04-29 09:45 · within a session · 1 missing"]);
    }

    [Fact]
    public void Page_OfASymbolWithoutKnownSessions_LeavesMissingUnknown()
    {
        Store("US.AAPL", At("2025-04-29T14:30:00"));

        var page = Render<DataPage>();

        page.WaitForAssertion(() => page.Find("td[data-label=Doubtful]").TextContent.ShouldBe("0"));
        page.Find("td[data-label=Missing]").TextContent.ShouldBe("—");
    }

    [Fact]
    public void Import_OfACsv_SendsWhatWasTyped_AndSaysWhatWasStored()
    {
        var upload = JSInterop.SetupModule("./Ui/Files/FileUpload.razor.js");
        upload.Setup<FileAnswer?>("send", _ => true).SetResult(new(200, """{"source":"history","symbol":"CFFEX.IF-MAIN","timeframe":"5m","added":68145,"replaced":0,"unchanged":0,"removed":0,"bad_lines":2}"""));
        var page = Render<DataPage>();

        page.Find("#bars-symbol").Change(" IF-MAIN ");
        page.Find("#bars-timeframe").Change("5m");
        page.Find("#bars-zone").Change("+08:00");
        page.Find("form.import").Submit();

        upload.Invocations["send"].ShouldHaveSingleItem().Arguments[1].ShouldBe("api/bars/import?format=csv&symbol=IF-MAIN&timeframe=5m&source=history&on_error=refuse&bar_time=start&zone=%2B08%3A00");
        page.Find("form.import .notice").TextContent.ShouldContain("CFFEX.IF-MAIN 5m: 68,145 bars added, 0 replaced, 0 as they were, 2 bad lines left out.");
    }

    [Fact]
    public void Import_Refused_SaysItBesideTheField_AndTheLinesBelow()
    {
        var upload = JSInterop.SetupModule("./Ui/Files/FileUpload.razor.js");
        upload.Setup<FileAnswer?>("send", _ => true).SetResult(new(422, """{"title":"x","errors":{"symbol":["There is no such contract."],"line 7 close":["Must be a number."]}}"""));
        var page = Render<DataPage>();

        page.Find("form.import").Submit();

        page.Find("form.import .field .error").TextContent.ShouldBe("There is no such contract.");
        page.Find("form.import .reasons").TextContent.ShouldBe("line 7 close: Must be a number.");
    }

    [Fact]
    public void Import_WithoutAFile_SaysSo()
    {
        var upload = JSInterop.SetupModule("./Ui/Files/FileUpload.razor.js");
        upload.Setup<FileAnswer?>("send", _ => true).SetResult(null);
        var page = Render<DataPage>();

        page.Find("form.import").Submit();

        page.Find("form.import .reasons").TextContent.ShouldBe("Choose a file first.");
    }

    [Fact]
    public void Sync_OfRecordedTicks_StoresTheirBars_AndWritesItDown()
    {
        var contract = ContractCatalog.FromReferenceData(TradingCalendar.FromReferenceData()).Find(Symbol.ParseCanonical("CZCE.TA2505"), new(2025, 3, 3))!;
        _ticks.Append(new("live"), contract, new(2025, 3, 3), [Tick("2025-03-03T02:00:01"), Tick("2025-03-03T02:01:02"), Tick("2025-03-03T02:02:03")]);
        var page = Render<DataPage>();

        page.Find("form.sync").Submit();

        page.WaitForAssertion(() => page.Find("form.sync .notice").TextContent.ShouldContain("CZCE.TA2505 1m: 3 bars added"));
        page.WaitForAssertion(() => page.Find("td[data-label=Bars]").TextContent.ShouldBe("3"));
        _audit.Actions.ShouldBe(["bars.synced"]);
    }

    [Fact]
    public void Kinds_ShowTheirLastRun_AndWhatItCameTo()
    {
        var page = Render<DataPage>();

        string Cell(string kind, string label) => page.Find($"tr[data-kind={kind}] td[data-label='{label}']").TextContent;
        page.FindAll("tr[data-kind]").Count.ShouldBe(4);
        (Cell("bar-sync", "Kind"), Cell("bar-sync", "Result")).ShouldBe(("Minute bars", "450 bars of 2 series"));
        (Cell("day-bar-sync", "Last run"), Cell("day-bar-sync", "Result")).ShouldBe(("not yet", "—"));
        Cell("instrument-sync", "Result").ShouldBe("nothing new");
        Cell("calendar-sync", "Result").ShouldBe("CN, line 7 kind: wrong");
        page.Find("tr[data-kind=calendar-sync] td.danger").ShouldNotBeNull();
    }

    [Fact]
    public void Calendars_ShowWhereTheyEnd_AndWarnAMonthBefore()
    {
        Clock.AdvanceTo(new(2026, 12, 1, 4, 0, 0, TimeSpan.Zero));
        Render<DataPage>().FindAll("#calendars .notice").ShouldBeEmpty();
        Clock.AdvanceTo(new(2026, 12, 2, 4, 0, 0, TimeSpan.Zero));

        var page = Render<DataPage>();

        page.Find("#calendars .notice").TextContent.ShouldContain("The trading calendar of China (futures) ends on 2026-12-31, in 29 days.");
        page.Find("tr[data-market=CN] td[data-label='Known to']").TextContent.ShouldBe("2026-12-31");
        page.Find("tr[data-market=CN] .years").TextContent.ShouldContain("2026: 242");
        page.Find("tr[data-market=CN] td[data-label=Source]").TextContent.ShouldBe("built in");
        page.Find("tr[data-market=HK] td.actions a").GetAttribute("href").ShouldBe("/api/calendars/HK.csv");
    }

    [Fact]
    public async Task Calendar_Imported_WaitsForTheNextStart_AndSaysSo()
    {
        await Services.GetRequiredService<ReferenceDesk>().ImportCalendarAsync(CalendarMarket.China, "date,kind\n2027-01-01,known_from\n2027-02-10,known_to\n2027-01-01,closed\n2027-02-05,closed\n", "2027.csv", default);

        var page = Render<DataPage>();

        page.Find("#calendars .notice").TextContent.ShouldContain("A calendar of China (futures) to 2027-02-10 is imported (");
        page.Find("tr[data-market=CN] td[data-label=Source]").TextContent.ShouldBe("built in and imported");
        _audit.Actions.ShouldBe(["calendar.imported"]);
    }

    [Theory]
    [InlineData("CN", "api/calendars/import?market=CN", """{"market":"CN","from":"2027-01-01","to":"2027-12-31","known_to":"2027-12-31","changed":27,"stored":true}""", "Taken: 2027-01-01 to 2027-12-31, 27 days change. Restart QuantDash to trade by it.")]
    [InlineData("stocks", "api/instruments/import", """{"added":2,"replaced":1,"stored":true}""", "Taken: 2 shares added, 1 replaced. Restart QuantDash to know them.")]
    [InlineData("HK", "api/calendars/import?market=HK", """{"market":"HK","from":"2027-01-01","to":"2027-12-31","known_to":"2027-12-31","changed":0,"stored":false}""", "Everything in it was known already.")]
    public void ReferenceImport_SendsTheFile_AndSaysWhatWasTaken(string what, string address, string answer, string said)
    {
        var upload = JSInterop.SetupModule("./Ui/Files/FileUpload.razor.js");
        upload.Setup<FileAnswer?>("send", _ => true).SetResult(new(200, answer));
        var page = Render<DataPage>();

        page.Find("#reference-what").Change(what);
        page.Find("form.reference").Submit();

        upload.Invocations["send"].ShouldHaveSingleItem().Arguments[1].ShouldBe(address);
        page.Find("form.reference .notice").TextContent.ShouldContain(said);
    }

    [Fact]
    public void ReferenceImport_Refused_NamesTheLine()
    {
        var upload = JSInterop.SetupModule("./Ui/Files/FileUpload.razor.js");
        upload.Setup<FileAnswer?>("send", _ => true).SetResult(new(422, """{"title":"x","errors":{"line 7 kind":["Must be one of closed."]}}"""));
        var page = Render<DataPage>();

        page.Find("form.reference").Submit();

        page.Find("form.reference .reasons").TextContent.ShouldBe("line 7 kind: Must be one of closed.");
    }

    private static Tick Tick(string time) => new() { OccurredAt = DateTimeOffset.Parse(time + "Z", System.Globalization.CultureInfo.InvariantCulture), ReceivedAt = DateTimeOffset.Parse(time + "Z", System.Globalization.CultureInfo.InvariantCulture), LastTicks = 2500, DayVolume = 10 };

    /// <summary>Minutes were made, the calendar was refused, there were no new shares, and no day's bars yet.</summary>
    private sealed class KindJobs : IJobs
    {
        private static readonly DateTimeOffset At = new(2026, 11, 20, 8, 10, 0, TimeSpan.Zero);

        public Task<Outcome<JobBoard>> LookAsync(CancellationToken stop = default) => Task.FromResult(Outcome<JobBoard>.Success(new(
            At,
            [
                Standing("bar-sync", new(At, JobOutcome.Succeeded, TimeSpan.FromSeconds(1), new("built_bars", "450", "2"), null, 0)),
                Standing("day-bar-sync", null),
                Standing("instrument-sync", new(At, JobOutcome.Idle, TimeSpan.FromSeconds(1), new("no_new_stocks"), null, 0)),
                Standing("calendar-sync", new(At, JobOutcome.Failed, TimeSpan.FromSeconds(1), null, "CN, line 7 kind: wrong", 1)),
            ],
            [])));

        public Task<Outcome<JobHistory>> HistoryAsync(JobFilter filter, CancellationToken stop = default) => throw new NotSupportedException();

        public Task<Outcome<JobTicket>> EnqueueAsync(JobId id, string askedBy, CancellationToken stop = default) => throw new NotSupportedException();

        public Task<Outcome<JobId>> CancelAsync(JobId id, CancellationToken stop = default) => throw new NotSupportedException();

        public Task<Outcome<JobId>> PauseAsync(JobId id, string askedBy, CancellationToken stop = default) => throw new NotSupportedException();

        public Task<Outcome<JobId>> ResumeAsync(JobId id, CancellationToken stop = default) => throw new NotSupportedException();

        private static JobStanding Standing(string name, JobLast? last) => new(new(name), new() { Name = name, Place = JobPlace.Trader }, JobState.Planned, false, At.AddDays(1), 0, null, last, null);
    }

    private sealed class NotedAudit : IAuditLog
    {
        public List<string> Actions { get; } = [];

        public Task RecordAsync(AuditNote note, CancellationToken stop = default)
        {
            Actions.Add(note.Action);
            return Task.CompletedTask;
        }
    }

    private void Store(string symbol, params long[] starts) =>
        _archive.Merge(BarColumns.Of(Key(symbol, "5m"), 0.2m, [.. starts.Select(start => Bar(start, 19_000, minutes: 5))]), BarMerge.Overlapping).Succeeded.ShouldBeTrue();
}
