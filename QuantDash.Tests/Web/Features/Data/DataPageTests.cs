using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Audit;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Bars;
using QuantDash.Web.Adapters.Storage.Ticks;
using QuantDash.Web.Features.Data;
using QuantDash.Web.Ui.Files;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Web.Features.Data;

public sealed class DataPageTests : ScreenContext
{
    private readonly TempFolder _folder = new();
    private readonly BarArchive _archive;
    private readonly TickArchive _ticks;
    private readonly NotedAudit _audit = new();

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

    private static Tick Tick(string time) => new() { OccurredAt = DateTimeOffset.Parse(time + "Z", System.Globalization.CultureInfo.InvariantCulture), ReceivedAt = DateTimeOffset.Parse(time + "Z", System.Globalization.CultureInfo.InvariantCulture), LastTicks = 2500, DayVolume = 10 };

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
