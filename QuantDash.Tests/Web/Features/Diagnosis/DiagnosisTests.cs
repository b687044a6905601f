using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Notifications;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.Diagnosis;
using QuantDash.Web.Supervision;
using QuantDash.Web.Ui;

using Checks = QuantDash.Web.Features.Diagnosis.Diagnosis;

namespace QuantDash.Tests.Web.Features.Diagnosis;

/// <summary>The seven questions of the troubleshooting guide (seed 001), each made to be answered both ways.</summary>
public sealed class DiagnosisTests : ScreenContext
{
    private static readonly JournalHealth Writing = new(JournalState.Healthy, 0, null, 7, null);
    private static readonly EngineSnapshot Calm = SampleSnapshot.At(SampleSnapshot.Now) is var busy ? busy with { Triggers = [], Quotes = [.. busy.Quotes.Where(q => q.Health == QuoteHealth.Live)] } : throw new InvalidOperationException();

    [Fact]
    public void Service_ThatCannotWrite_OrHasAFailedLoop_IsTheFirstStep()
    {
        var steps = Of(Calm, journal: Writing with { State = JournalState.Retrying, LastError = "disk full" }, loops: [new("lock_trigger", "failed", SampleSnapshot.Now, "boom")]);
        steps[0].Name.ShouldBe("Service");
        steps[0].Tone.ShouldBe(Tone.Danger);
        steps[0].Findings.Select(f => (f.Key, f.Values[0])).ShouldBe([("Journal", "disk full"), ("Loop", "lock_trigger")]);
        Of(Calm)[0].Tone.ShouldBe(Tone.Good);
    }

    [Theory]
    [InlineData(30, null)]
    [InlineData(29, "CalendarEnds")]
    [InlineData(0, "CalendarEnds")]
    [InlineData(-1, "CalendarEnded")]
    public void Calendar_ThatEndsInLessThanAMonth_IsSaid(int daysLeft, string? told)
    {
        var end = DateOnly.FromDateTime(Calm.At.ToOffset(ScreenTime.ExchangeOffset).DateTime).AddDays(daysLeft);
        var facts = new DiagnosisFacts(Calm, Calm.Accounts[0], Writing, new(true), [], new Dictionary<Guid, RuleReadiness>()) { CalendarEnds = new Dictionary<CalendarMarket, DateOnly> { [CalendarMarket.China] = end } };

        var found = Step(Checks.Of(facts), "Service").Findings.Where(finding => finding.Key.StartsWith("Calendar", StringComparison.Ordinal)).ToList();

        found.Select(finding => finding.Key).ShouldBe(told is null ? [] : [told]);
        if (told is not null) (found[0].Values[0], found[0].Address).ShouldBe(("CN", "/system/data#calendars"));
    }

    [Fact]
    public void Triggers_ThatFailedOrWait_AreSaid()
    {
        var found = Step(Of(SampleSnapshot.At(SampleSnapshot.Now)), "Triggers");
        found.Findings.Select(f => f.Key).ShouldBe(["TriggerFailed", "TriggerWaits", "LastTrigger"]);
        found.Findings[0].Values[1].ShouldContain("持仓不足");
        Step(Of(Calm), "Triggers").Findings.Count.ShouldBe(0);
    }

    [Fact]
    public void Rule_SwitchedOff_OrRefused_OrAShadow_OrWithoutACondition_IsNamed()
    {
        var rule = Calm.Rules.First(r => r.Rule.IsEnabled);
        string KeyOf(RuleView view) => Step(Of(Calm with { Rules = [view] }), "Rules").Findings[0].Key;
        KeyOf(rule with { Rule = rule.Rule with { IsEnabled = false } }).ShouldBe("RuleOff");
        KeyOf(rule with { Rule = rule.Rule with { IsEnabled = false, DisabledReason = "ratio" } }).ShouldBe("RuleRefused");
        KeyOf(rule with { Rule = rule.Rule with { Shadow = true } }).ShouldBe("RuleShadow");
        KeyOf(rule with { Conditions = [] }).ShouldBe("RuleWithoutCondition");
        Step(Of(Calm with { Rules = [] }), "Rules").Findings.ShouldHaveSingleItem().ShouldBe(new(Tone.Warn, "NoRules", new([]), "/lock?new=1"));
    }

    [Fact]
    public void Rule_OfTheOtherDirection_IsSaid_AndOneWithItsLegTellsItsThreshold()
    {
        var rule = Calm.Rules.Single(r => r.Rule.Symbol == SampleSnapshot.Gold.Symbol && r.Rule.TriggerType == TriggerType.Profit);
        var turned = rule with { Rule = rule.Rule with { Direction = Side.Short } };
        Step(Of(Calm with { Rules = [turned] }), "Rules").Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            found => found.Key.ShouldBe("RuleOtherDirection"), found => found.Values.ShouldBe(["SHFE.au2509", "Short"]), found => found.Address.ShouldBe($"/lock?rule={rule.Rule.Id}"));
        var distance = Step(Of(Calm with { Rules = [rule] }), "Rules").Findings.ShouldHaveSingleItem();
        (distance.Key, distance.Values[2]).ShouldBe(("RuleDistance", "12,000"));
    }

    [Fact]
    public void Positions_MissingUnconfirmedOrWithoutAPrice_AreSaid()
    {
        var account = Calm.Accounts[0];
        var gold = account.Positions.Single(p => p.Contract.Symbol == SampleSnapshot.Gold.Symbol);
        IReadOnlyList<string> KeysOf(params IReadOnlyList<PositionView> positions) =>
            [.. Step(Of(Calm with { Accounts = [account with { Positions = positions }], Rules = [] }), "Positions").Findings.Select(f => f.Key)];
        KeysOf().ShouldBe(["NoPositions"]);
        KeysOf(gold with { Long = gold.Long with { Unconfirmed = true } }).ShouldBe(["LegUnconfirmed"]);
        KeysOf(gold with { Long = gold.Long with { AverageOpenPrice = null } }).ShouldBe(["LegWithoutPrice"]);
        KeysOf(gold).ShouldBeEmpty();
        Step(Checks.Of(new(EngineSnapshot.Empty, null, Writing, new(true), [], new Dictionary<Guid, RuleReadiness>())), "Positions").Findings.ShouldHaveSingleItem().Key.ShouldBe("NoAccount");
    }

    [Fact]
    public void Feed_SilentOrRefused_AndALinkThatIsDown_AreSaid()
    {
        var source = Calm.Sources[0] with { LastTickAt = null };
        var silent = Calm with { Sources = [source], Accounts = [Calm.Accounts[0] with { LinkUp = false }] };
        Step(Of(silent), "Feed").Findings.Select(f => f.Key).ShouldBe(["SourceSilent", "LinkDown"]);
        var stale = Calm with { Quotes = [Calm.Quotes[0] with { Health = QuoteHealth.Stale }] };
        Step(Of(stale), "Feed").Findings.Select(f => f.Key).ShouldContain("QuoteStale");
    }

    [Fact]
    public void Execution_ThatWouldBeRefused_IsSaidWithItsNumbers()
    {
        var poor = Calm with { Accounts = [Calm.Accounts[0] with { Funds = Calm.Accounts[0].Funds with { Available = 12m } }] };
        var finding = Step(Of(poor), "Execution").Findings[0];
        (finding.Tone, finding.Key, finding.Values[^1]).ShouldBe((Tone.Danger, "Ready.margin_short", "12"));
    }

    [Fact]
    public void Notifications_OffFailingOrWaiting_AreSaid()
    {
        Step(Of(Calm, notifications: new(false)), "Notifications").Findings.ShouldHaveSingleItem().Key.ShouldBe("NotificationsOff");
        Step(Of(Calm, notifications: new(true, 3, "the server cannot be reached (NameResolutionError)")), "Notifications").Findings.Select(f => f.Key).ShouldBe(["NotificationsFail", "NotificationsWait"]);
        Step(Of(Calm), "Notifications").Findings.Count.ShouldBe(0);
    }

    [Fact]
    public void Page_WalksTheGuideInItsOrder_AndLeadsToWhereItIsChanged()
    {
        Services.AddSingleton<IDurableJournal>(new WritingJournal());
        Services.AddSingleton<INotificationHealth>(new Health());
        Services.AddSingleton(new LoopRoster());
        Services.AddSingleton(MarketCalendars.FromReferenceData());
        var page = Render<DiagnosisPage>();
        page.WaitForElements("[data-step]").Select(step => step.GetAttribute("data-step")).ShouldBe(["Service", "Triggers", "Rules", "Positions", "Feed", "Execution", "Notifications"]);
        page.Find("[data-step=Service] .body").TextContent.ShouldContain("The engine, the database and every loop run.");
        page.Find("[data-finding=NotificationsOff] a").GetAttribute("href").ShouldBe("/settings/notifications");
        page.Find("[data-finding=TriggerWaits] span").TextContent.ShouldContain("waits for your click");
    }

    private static DiagnosisStep Step(IReadOnlyList<DiagnosisStep> steps, string name) => steps.Single(step => step.Name == name);

    private static IReadOnlyList<DiagnosisStep> Of(EngineSnapshot snapshot, JournalHealth? journal = null, NotificationHealth? notifications = null, IReadOnlyList<ServiceStatus>? loops = null) =>
        Checks.Of(new(snapshot, snapshot.Accounts[0], journal ?? Writing, notifications ?? new(true), loops ?? [], Readiness.Build(snapshot).ToDictionary(rule => rule.RuleId)));

    private sealed class Health : INotificationHealth
    {
        public NotificationHealth Current => new(false);
    }

    private sealed class WritingJournal : IDurableJournal
    {
        public event Action<long> Committed { add { } remove { } }

        public event Action<IReadOnlyList<OutsideEdit>> EditedOutside { add { } remove { } }

        public JournalHealth Health => Writing;

        public void Append(JournalBatch batch) => throw new NotSupportedException();

        public Task<int> LookOutsideAsync() => throw new NotSupportedException();

        public Task DisableRuleAsync(Guid ruleId, string reason) => throw new NotSupportedException();
    }
}
