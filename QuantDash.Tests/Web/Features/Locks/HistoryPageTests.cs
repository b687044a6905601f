using Bunit;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Api;
using QuantDash.Web.Features.Locks;

namespace QuantDash.Tests.Web.Features.Locks;

public sealed class HistoryPageTests : ScreenContext
{
    [Fact]
    public void Filter_AllChosen_GoesToTheDatabaseAndIntoTheCsvAlike()
    {
        var filter = new HistoryFilter { Symbol = "DCE.v2505", Status = TriggerStatus.Failed, Condition = ConditionKind.Stop, From = new(2026, 11, 1), To = new(2026, 11, 2) };

        var built = filter.Build(SampleSnapshot.Demo).ShouldNotBeNull();

        (built.Symbol, built.Status, built.Condition).ShouldBe((Symbol.ParseCanonical("DCE.v2505"), TriggerStatus.Failed, ConditionKind.Stop));
        (built.Before - built.Since).ShouldBe(TimeSpan.FromDays(2), "the last day is shown whole");
        filter.Query(SampleSnapshot.Demo).ShouldContain("status=failed&trigger_type=stop&since=2026-11-01T00%3A00%3A00");
    }

    [Fact]
    public void Filter_NoContract_AsksForNothing()
        => new HistoryFilter { Symbol = "nonsense" }.Build(null).ShouldBeNull();

    [Fact]
    public void Page_SwitchedToExecutions_ShowsThemAndTheirCsv()
    {
        var page = Render<HistoryPage>();
        page.FindAll("#history tbody tr").ShouldNotBeEmpty();

        page.Find("#history-kind").Change("Executions");

        page.Find("#history").TextContent.ShouldContain("CZCE.TA2505");
        page.Find("#csv").GetAttribute("href")!.ShouldStartWith("/api/lock/executions.csv");
    }

    [Fact]
    public void CsvLine_TextsOfPeople_AreNeitherFormulasNorNewColumns()
        => CsvText.Line(["=1+1", "a,b", "say \"x\"", null, 1.50m, true]).ShouldBe("'=1+1,\"a,b\",\"say \"\"x\"\"\",,1.50,true\r\n");
}
