using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Tests.Support;
using QuantDash.Web.Shell;

namespace QuantDash.Tests.Web.Shell;

public sealed class AttentionViewTests
{
    private static readonly EngineSnapshot Busy = SampleSnapshot.At(SampleSnapshot.Now);
    private static readonly JournalHealth Writing = new(JournalState.Healthy, 0, null, 7, null);

    [Fact]
    public void From_DatabaseThatCannotBeWritten_ComesFirst() =>
        AttentionView.From(Busy, Writing with { State = JournalState.Retrying, Depth = 12 })[0].ShouldBe(new("Journal", QuantDash.Web.Ui.Tone.Danger, "/system", 12, null));

    [Fact]
    public void From_BusyMorning_NamesWaitingFailedAndBroken() =>
        AttentionView.From(Busy, Writing).Select(i => (i.Key, i.Count)).ShouldBe([("Waiting", 1), ("Failed", 1), ("Broken", 1)]);

    [Fact]
    public void From_Waiting_CountsDownToTheEarliestDeadline() =>
        AttentionView.From(Busy, Writing)[0].Until.ShouldBe(SampleSnapshot.Now + TimeSpan.FromSeconds(522));

    [Fact]
    public void From_RuleThatCouldNotPayItsLock_IsSaidBeforeItFires()
    {
        var poor = Busy with { Accounts = [Busy.Accounts[0] with { Funds = Busy.Accounts[0].Funds with { Available = 10m } }] };
        var readiness = Readiness.Build(poor).ToDictionary(rule => rule.RuleId);
        AttentionView.From(poor, Writing, readiness).ShouldContain(i => i.Key == "Blocked" && i.Count == readiness.Values.Count(rule => !rule.Can));
        readiness.Values.ShouldContain(rule => !rule.Can);
    }

    [Fact]
    public void From_NothingOpen_IsEmpty() =>
        AttentionView.From(Busy with { Triggers = [], Locks = [], Quotes = [] }, Writing).ShouldBeEmpty();

    [Fact]
    public void From_UnknownOrder_IsDanger() =>
        AttentionView.From(Busy with { Orders = [Busy.Orders[0] with { State = OrderState.Unknown }] }, Writing).ShouldContain(i => i.Key == "Unknown");

    [Fact]
    public void From_FailureOfYesterday_IsNoLongerUrgent()
    {
        var old = Busy.Triggers.Single(t => t.Status == TriggerStatus.Failed) with { UpdatedAt = Busy.At - TimeSpan.FromDays(1) };

        AttentionView.From(Busy with { Triggers = [old] }, Writing).ShouldNotContain(i => i.Key == "Failed");
    }

    [Fact]
    public void From_SilentFeedThatNoRuleWatches_IsNoMatterForNow() => AttentionView.From(Busy, Writing).ShouldNotContain(i => i.Key == "Stale");

    [Fact]
    public void From_LinkDownWithAPosition_IsShown_AndOneThatCarriesNothingIsNot()
    {
        var down = Busy.Accounts[0] with { LinkUp = false };
        AttentionView.From(Busy with { Accounts = [down] }, Writing).ShouldContain(i => i.Key == "LinkDown" && i.Count == 1);
        AttentionView.From(Busy with { Accounts = [down with { Positions = [] }], Orders = [], Rules = [] }, Writing).ShouldNotContain(i => i.Key == "LinkDown");
    }

    [Fact]
    public void From_SilentFeedUnderAnArmedRule_IsShown()
    {
        var gold = Busy.Quotes.Single(q => q.Contract.Symbol == SampleSnapshot.Gold.Symbol) with { Health = QuoteHealth.Stale };

        AttentionView.From(Busy with { Quotes = [gold] }, Writing).ShouldContain(i => i.Key == "Stale" && i.Count == 1);
    }
}
