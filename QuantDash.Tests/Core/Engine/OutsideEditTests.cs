using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>What another program writes with SQL is in force at once, or switched off with its reason.</summary>
public sealed class OutsideEditTests
{
    private static readonly Symbol Pta = Symbol.Create("CZCE", "TA2701");
    private static readonly DateTimeOffset Open = new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);

    private readonly EngineHarness _harness = new();
    private readonly AccountId _account;
    private int _ticks;

    public OutsideEditTests()
    {
        _account = _harness.Account();
        _harness.Hold(_account, Pta, longVolume: 10, longPrice: 5500);
        Tick(5500);
    }

    private LockTrigger Trigger => _harness.Snapshot.Triggers.ShouldHaveSingleItem();

    [Fact]
    public void RuleChanged_OldLevelFiresNothing_NewLevelFires()
    {
        var rule = Price(5520);
        _harness.Rule(rule);
        Take(new OutsideEdit.RuleChanged(rule with { TriggerPrice = new(5560) }));

        Tick(5540);
        _harness.Snapshot.Triggers.ShouldBeEmpty();
        Tick(5560);
        Trigger.Status.ShouldBe(TriggerStatus.Executed);
    }

    [Fact]
    public void RuleAdded_IsArmed()
    {
        Take(new OutsideEdit.RuleChanged(Price(5520)));
        Tick(5520);
        Trigger.Status.ShouldBe(TriggerStatus.Executed);
    }

    [Fact]
    public void RuleOffTheTick_IsSwitchedOffWithItsReason_NeverClamped_AndComesBackWhenMended()
    {
        var rule = Price(5520);
        _harness.Rule(rule);
        var wrong = rule with { TriggerPrice = new(5521) };
        Take(new OutsideEdit.RuleChanged(wrong));

        Tick(5540);
        _harness.Snapshot.Triggers.ShouldBeEmpty();
        var stored = _harness.Journal.Changes.OfType<JournalChange.RuleSaved>().Last().Rule;
        (stored.IsEnabled, stored.TriggerPrice, stored.DisabledReason).ShouldBe((false, new Price(5521), "trigger_price off_tick"));

        Take(new OutsideEdit.RuleChanged(wrong with { TriggerPrice = new(5560) }));
        Tick(5560);
        Trigger.Status.ShouldBe(TriggerStatus.Executed);
        _harness.Snapshot.Rules.ShouldHaveSingleItem().Rule.DisabledReason.ShouldBeNull();
    }

    [Fact]
    public void UnreadableRule_IsWatchedNoMore_AndItsRowIsLeftAlone()
    {
        var rule = Price(5520);
        _harness.Rule(rule);
        var written = _harness.Journal.Changes.OfType<JournalChange.RuleSaved>().Count();
        Take(new OutsideEdit.RuleInvalid(rule.Id, "also: no json"));

        Tick(5540);
        _harness.Snapshot.Triggers.ShouldBeEmpty();
        _harness.Snapshot.Rules.ShouldHaveSingleItem().Rule.DisabledReason.ShouldBe("also: no json");
        _harness.Journal.Changes.OfType<JournalChange.RuleSaved>().Count().ShouldBe(written);
    }

    [Fact]
    public void RuleRemoved_FiresNothing_AndItsWaitingFiringIsCancelled()
    {
        var rule = Price(5520) with { AutoExecute = false };
        _harness.Rule(rule);
        Tick(5520);
        Trigger.Status.ShouldBe(TriggerStatus.WaitingConfirm);
        Take(new OutsideEdit.RuleRemoved(rule.Id));
        Trigger.Status.ShouldBe(TriggerStatus.Cancelled);
        _harness.Snapshot.Rules.ShouldBeEmpty();
    }

    [Fact]
    public void RuleChanged_WhileItIsExecuted_IsInForceWhenThatIsOver()
    {
        var rule = Price(5520);
        _harness.Rule(rule);
        var raw = new RawTick { Timestamp = At(), LastPrice = 5520, BidPrice = 5518, BidVolume = 100, AskPrice = 5520, AskVolume = 100 };
        _harness.Engine.OnTick(_harness.Source, Pta, raw, raw.Timestamp);
        Trigger.Status.ShouldBe(TriggerStatus.Executing);

        Take(new OutsideEdit.RuleChanged(rule with { Note = "mine" }), commit: false);
        _harness.Snapshot.Rules.ShouldHaveSingleItem().Rule.Note.ShouldBeNull();
        _harness.Commit();
        Trigger.Status.ShouldBe(TriggerStatus.Executed);
        _harness.Engine.OnTimer(EngineHarness.Wall);
        _harness.Snapshot.Rules.ShouldHaveSingleItem().Rule.Note.ShouldBe("mine");
    }

    [Fact]
    public void FailedTrigger_MarkedAsDoneByHand_EndsTheRule()
    {
        var failed = MakeFailed();
        Take(new OutsideEdit.TriggerChanged(failed with { Status = TriggerStatus.Executed, ExecutionResult = "手动在极星策略中执行" }));

        (Trigger.Status, Trigger.ExecutionResult).ShouldBe((TriggerStatus.Executed, "手动在极星策略中执行"));
        _harness.Snapshot.Rules.ShouldHaveSingleItem().State.State.ShouldBe(ArmState.Done);
    }

    [Fact]
    public void Trigger_GivenAStatusThatCannotFollow_IsPutBack()
    {
        var failed = MakeFailed();
        Take(new OutsideEdit.TriggerChanged(failed with { Status = TriggerStatus.WaitingConfirm }));

        Trigger.Status.ShouldBe(TriggerStatus.Failed);
        _harness.Journal.Changes.OfType<JournalChange.TriggerSaved>().Last().Trigger.Status.ShouldBe(TriggerStatus.Failed);
        _harness.Journal.Changes.OfType<JournalChange.EventAdded>().Last().Event.Key.ShouldBe("trigger.edit_refused");
    }

    /// <summary>The other leg is as large already, so there is nothing left to lock.</summary>
    private LockTrigger MakeFailed()
    {
        _harness.Hold(_account, Pta, longVolume: 10, longPrice: 5500, shortVolume: 10, shortPrice: 5500);
        _harness.Rule(Price(5520));
        Tick(5520);
        Trigger.Status.ShouldBe(TriggerStatus.Failed);
        return Trigger;
    }

    private LockRule Price(decimal level) =>
        EngineHarness.NewRule(_account, Pta, Side.Long, TriggerType.Price) with { TriggerPrice = new(level) };

    private void Take(OutsideEdit edit, bool commit = true)
    {
        _harness.Engine.TakeOver(edit, problems => string.Join("; ", problems.Select(problem => $"{problem.Field} {problem.Code}")), EngineHarness.Wall);
        if (commit) _harness.Commit();
    }

    private DateTimeOffset At() => Open.AddSeconds(++_ticks);

    private void Tick(double last) => _harness.Tick(Pta, At(), last, last - 2, last);
}
