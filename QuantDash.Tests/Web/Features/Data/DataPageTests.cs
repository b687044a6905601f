using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Tests.Support;
using QuantDash.Web.Adapters.Storage.Bars;
using QuantDash.Web.Features.Data;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Web.Features.Data;

public sealed class DataPageTests : ScreenContext
{
    private readonly TempFolder _folder = new();
    private readonly BarArchive _archive;

    public DataPageTests()
    {
        _archive = new(_folder.Path);
        Services.AddSingleton<IBarArchive>(_archive);
        Services.AddSingleton(_ => TradingCalendar.FromReferenceData());
        Services.AddSingleton<SeriesCheck>();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
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

    private void Store(string symbol, params long[] starts) =>
        _archive.Merge(BarColumns.Of(Key(symbol, "5m"), 0.2m, [.. starts.Select(start => Bar(start, 19_000, minutes: 5))]), BarMerge.Overlapping).Succeeded.ShouldBeTrue();
}
