using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Locking;
using QuantDash.Tests.Core.Positions;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

public sealed class LockReportPageTests : ScreenContext
{
    public LockReportPageTests() => Services.AddSingleton<LockReports>();

    [Fact]
    public void Page_ShowsEveryLock_AndWhatIsUnknownAsADash()
    {
        var page = Render<LockReportPage>();

        var row = page.WaitForElement("#report tbody tr");
        row.TextContent.ShouldContain("CZCE.TA2505");
        row.QuerySelector("[data-label='Against closing']")!.TextContent.Trim().ShouldBe("—", "its trades are not among the sample's");
        row.QuerySelector(".gap")!.TextContent.ShouldBe("Its trades are not all recorded");
        page.Find("#csv").GetAttribute("href").ShouldBe("/api/lock/report.csv?");
    }

    [Fact]
    public void Span_WithoutLocks_SaysWhatToDo_AndGoesIntoTheCsv()
    {
        var page = Render<LockReportPage>();
        page.WaitForElement("#report tbody tr");

        page.Find("#report-from").Change("2030-01-02");

        page.WaitForAssertion(() => page.FindAll("#report").ShouldBeEmpty());
        page.Find(".empty").TextContent.ShouldContain("Every lock gets a line");
        page.Find("#csv").GetAttribute("href")!.ShouldStartWith("/api/lock/report.csv?from=2030-01-02T00");
    }

    [Fact]
    public void Row_SaysWhatTheLockBrought_InMoneyAndInWords()
    {
        var story = new LockReportStory(PositionSamples.Ta()).Open(Side.Long, 5000, 8, 24).NextDay();
        var id = story.LockOf(Side.Long, 5200, 8, 24);
        story.Unlock(id, Side.Short, 5100, 8, 0).Lock(id, Side.Long, 5000, 5200, 0, 8, story.Now.AddMinutes(-90));
        story.Mark = 5300;

        var row = Render<LockReportTable>(table => table.Add(t => t.Items, story.Report()).Add(t => t.PlacesOf, _ => 0)).Find("#report tbody tr");

        row.QuerySelectorAll("td")[1].TextContent.ShouldEndWith("8 lots · 5,000 → 5,200");
        Cell("Frozen profit").ShouldBe("+8,000.00");
        Cell("Fees").ShouldBe("48.00of it 24.00 estimated");
        (Cell("Locked"), Cell("Closed instead"), Cell("Held instead")).ShouldBe(("+15,952.00", "+7,976.00", "+11,976.00"));
        (Cell("Against closing"), Cell("Against holding"), Cell("Verdict")).ShouldBe(("+7,976.00", "+3,976.00", "better"));
        row.QuerySelectorAll("td")[0].TextContent.ShouldEndWith("stood 1 h");

        string Cell(string label) => row.QuerySelector($"[data-label='{label}']")!.TextContent.Trim();
    }
}
