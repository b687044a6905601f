using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Audit;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Audit;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Web.Features.Audit;

public sealed class AuditPageTests : ScreenContext
{
    private readonly SampleAudit _audit = new();

    public AuditPageTests()
    {
        Services.AddSingleton<IAuditHistory>(_audit);
        this.AddAuthorization().SetAuthorized("admin").SetPolicies(Scopes.Admin);
    }

    [Fact]
    public void Page_AnEntry_SaysWhoWhatWhyAndWhatChanged()
    {
        var page = Render<AuditPage>();

        var entry = page.FindAll("#entries .entry")[0];
        entry.TextContent.ShouldContain("Rule changed");
        entry.TextContent.ShouldContain("User trader");
        entry.TextContent.ShouldContain("trigger_price: 5500 → 5600");
        page.FindAll("#entries .entry")[1].TextContent.ShouldContain("long: 3 lots locked, profit frozen 100");
    }

    [Fact]
    public void Story_OfAnEntry_AsksForItsCauseAloneOldestFirst()
    {
        var page = Render<AuditPage>();

        page.FindAll("#entries .entry")[1].QuerySelector(".links .button")!.Click();

        _audit.Asked.ShouldBe(new() { CorrelationId = SampleAudit.Cause });
        page.FindAll("#entries .when")[0].TextContent.ShouldBe("+0.000 s");
        page.Find("#csv").GetAttribute("href").ShouldBe($"/api/audit/export.csv?correlation_id={SampleAudit.Cause}");
        page.Find("#all").Click();
        _audit.Asked.ShouldBe(new());
    }

    [Fact]
    public void Verify_BrokenChain_NamesThePlace()
    {
        var page = Render<AuditPage>();

        page.Find("#verify").Click();

        page.Find("#verdict").TextContent.ShouldBe("Entry 7 is missing.");
    }

    [Fact]
    public void Choice_AllChosen_GoesToTheDatabaseAndIntoTheExportAlike()
    {
        var choice = new AuditChoice { Actor = ActorKind.Sql, Kind = "rule", Symbol = " DCE.v2505 ", Id = "x", From = new(2026, 11, 1), To = new(2026, 11, 2) };

        var filter = choice.Build(null);

        (filter.ActorKind, filter.Action, filter.Symbol, filter.Subject).ShouldBe((ActorKind.Sql, "rule", Symbol.ParseCanonical("DCE.v2505"), "x"));
        (filter.Before - filter.Since).ShouldBe(TimeSpan.FromDays(2), "the last day is shown whole");
        choice.Query(null).ShouldStartWith("actor_kind=sql&action=rule&symbol=DCE.v2505&subject=x&since=2026-11-01T00%3A00%3A00");
        new AuditChoice { Symbol = "nonsense" }.WrongSymbol.ShouldBeTrue();
    }

    private sealed class SampleAudit : IAuditHistory
    {
        public static readonly Guid Cause = new("99999999-2222-3333-4444-555555555555");

        public AuditFilter? Asked { get; private set; }

        public Task<Page<AuditEntry>> EntriesAsync(AuditFilter filter, PageRequest page, CancellationToken stop = default)
        {
            Asked = filter;
            AuditNote[] notes =
            [
                new()
                {
                    At = SampleSnapshot.Now.AddSeconds(-9), Actor = Actor.Engine, Action = "lock.active", CorrelationId = Cause, Symbol = Symbol.ParseCanonical("CZCE.TA2505"),
                    Reason = """[{"key":"lock.executed","values":["long","3","100"]}]""",
                },
                new() { At = SampleSnapshot.Now, Actor = new(ActorKind.User, "trader"), Action = "rule.changed", Before = """{"trigger_price":5500}""", After = """{"trigger_price":5600}""" },
            ];
            var first = AuditChain.Append(AuditHead.None, notes[0]);
            return Task.FromResult<Page<AuditEntry>>(new([AuditChain.Append(AuditChain.HeadAt(first), notes[1]), first], null));
        }

        public Task<AuditVerdict> VerifyAsync(CancellationToken stop = default) => Task.FromResult(new AuditVerdict(9, AuditHead.None, AuditFault.Missing, 7));
    }
}
