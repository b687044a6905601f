using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Audit;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Jobs;
using QuantDash.Web.Jobs;
using QuantDash.Web.Security;
using QuantDash.Web.Supervision;

namespace QuantDash.Tests.Web.Features.Jobs;

public sealed class JobsPageTests : ScreenContext
{
    private readonly SampleJobs _jobs = new(SampleSnapshot.Now);
    private readonly SampleLog _log = new();

    public JobsPageTests()
    {
        Services.AddSingleton<IJobs>(_jobs);
        Services.AddSingleton<IAuditLog>(_log);
        Services.AddSingleton<JobDesk>().AddSingleton<JobWatch>().AddSingleton<LoopRoster>();
        this.AddAuthorization().SetAuthorized("admin").SetPolicies(Scopes.Admin);
    }

    [Fact]
    public void Running_TwoOfOneNameOnTwoArguments_AreTwoRowsWithTheirOwnProgress()
    {
        var page = Render<JobsPage>();

        var rows = page.FindAll("#jobs-running li");
        rows.Select(row => row.GetAttribute("data-job")).ShouldBe(["heavy:1", "heavy:2"]);
        rows[0].QuerySelector(".bar i")!.GetAttribute("style").ShouldBe("width:42%");
        rows[1].QuerySelector(".bar")!.ClassList.ShouldContain("unsaid");
        page.FindAll("#jobs-planned tbody tr").Count.ShouldBe(4);

        page.Find("#jobs-running li[data-job='heavy:2'] [data-act=cancel]").Click();

        _jobs.Asked.ShouldBe(["cancel heavy:2"]);
        _log.Notes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(note => note.Action.ShouldBe("job.cancelled"), note => note.Subject.ShouldBe("heavy:2"));
    }

    [Fact]
    public void Planned_AJob_SaysWhenAndWhatIfNot_AndIsPausedAndRun()
    {
        var page = Render<JobsPage>();

        var row = page.Find("#jobs-planned tr[data-job='backup']");
        row.TextContent.ShouldContain("every 24 hours");
        row.TextContent.ShouldContain("missed times are made up once · tried again 5 times, first after 30.0 s");
        row.QuerySelector("[data-act=pause]")!.Click();
        page.Find("#jobs-planned tr[data-job='backup'] [data-act=run]").Click();

        _jobs.Asked.ShouldBe(["pause backup", "run backup"]);
        _log.Notes.Select(note => note.Action).ShouldBe(["job.paused", "job.asked"]);
    }

    [Fact]
    public void Failed_AJob_ShowsWhyAndIsRetried_TheHistoryUnfoldsWhereItCameFrom()
    {
        var page = Render<JobsPage>();

        page.Find("#jobs-failed li").TextContent.ShouldContain("The audit chain does not hold: missing at entry 7.");
        page.Find("#jobs-failed .pill").TextContent.ShouldBe("failed");
        page.Find("#jobs-failed [data-act=retry]").Click();
        _jobs.Asked.ShouldBe(["run audit-verify"]);
        var past = page.FindAll("#jobs-history li");
        past[0].QuerySelector("details pre")!.TextContent.ShouldBe("System.IO.InvalidDataException at …");
        past[1].TextContent.ShouldContain("2 triggers were decided again.");
        page.FindAll("#jobs-durations i").Select(bar => bar.GetAttribute("style")).ShouldBe(["height:14.1%", "height:100%"], "oldest first, a short one is seen");
        past[1].QuerySelector("a.trigger")!.GetAttribute("href").ShouldBe($"/audit?story={SampleJobs.Trigger}");
    }

    [Fact]
    public void History_Filters_GoToTheStore()
    {
        var page = Render<JobsPage>();

        page.Find("#history-job").Change("backup");
        page.Find("#history-outcome").Change("Failed");
        page.Find("#history-from").Change("2026-11-01");

        _jobs.Filter.ShouldSatisfyAllConditions(
            filter => filter.Name.ShouldBe("backup"), filter => filter.Outcome.ShouldBe(JobOutcome.Failed), filter => filter.Since.ShouldBe(new(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(8))));
    }

    [Fact]
    public void Store_Away_IsSaid()
    {
        _jobs.IsAway = true;
        var page = Render<JobsPage>();
        page.Find("#jobs-problem").TextContent.ShouldContain("trading does not need it");
    }

    [Fact]
    public void Page_ForAViewer_ShowsNothingOfIt()
    {
        this.AddAuthorization().SetAuthorized("viewer");
        var page = Render<JobsPage>();
        page.FindAll("#jobs-planned").ShouldBeEmpty();
        page.Markup.ShouldContain("For administrators");
    }

    private sealed class SampleLog : IAuditLog
    {
        public List<AuditNote> Notes { get; } = [];

        public Task RecordAsync(AuditNote note, CancellationToken stop = default)
        {
            Notes.Add(note);
            return Task.CompletedTask;
        }
    }
}
