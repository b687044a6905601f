using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>A failed trigger can be tried again, or called done with a note when its lots were locked elsewhere.</summary>
public sealed class DoneByHandTests
{
    private static readonly Symbol Ta = Symbol.ParseCanonical("CZCE.TA2505");
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void MarkDone_FailedTrigger_IsExecutedWithTheNoteAndItsRuleIsSpent()
    {
        var (desk, failed) = Failed();

        var done = desk.Engine.MarkTriggerDone(failed.Id, " locked in the terminal ", Start.AddSeconds(3));
        desk.Commit();

        done.Problems.ShouldBeEmpty();
        (done.Value.Status, done.Value.ExecutionResult).ShouldBe((TriggerStatus.Executed, "人工标记完成: locked in the terminal"));
        desk.Journal.Changes.OfType<QuantDash.Core.Engine.JournalChange.TriggerSaved>().Last().Trigger.Status.ShouldBe(TriggerStatus.Executed);
        desk.Snapshot.Rules.First(r => r.Rule.Id == failed.ConfigId).State.State.ShouldBe(ArmState.Done);
        desk.Snapshot.Orders.ShouldBeEmpty("nothing is sent");
    }

    [Fact]
    public void MarkDone_WithoutANote_IsRefused()
    {
        var (desk, failed) = Failed();

        var done = desk.Engine.MarkTriggerDone(failed.Id, "  ", Start.AddSeconds(3));

        done.Problems.ShouldHaveSingleItem().Code.ShouldBe("required");
        desk.Snapshot.Triggers.First(t => t.Id == failed.Id).Status.ShouldBe(TriggerStatus.Failed);
    }

    [Fact]
    public void MarkDone_ExecutedTrigger_IsRefusedWithItsState()
    {
        var (desk, _) = Failed();
        var executed = desk.Snapshot.Triggers.First(t => t.Status == TriggerStatus.Executed);

        var done = desk.Engine.MarkTriggerDone(executed.Id, "again", Start.AddSeconds(3));

        done.Problems.ShouldHaveSingleItem().Code.ShouldBe("trigger_not_failed");
    }

    [Fact]
    public void Retry_FailedTriggerWithLotsAgain_LocksAtThePriceOfNow()
    {
        var (desk, failed) = Failed();
        desk.Hold(failed.AccountId, Ta, longVolume: 14, longPrice: 5400, shortVolume: 10, shortPrice: 5290);

        var retried = desk.Engine.ConfirmTrigger(failed.Id, new Price(5290), force: false, Start.AddSeconds(3));
        desk.Commit();

        retried.Problems.ShouldBeEmpty();
        desk.Tick(Ta, Start.AddSeconds(4), 5290, bid: 5288, ask: 5292);
        var after = desk.Snapshot.Triggers.First(t => t.Id == failed.Id);
        (after.Status, after.FilledVolume.Value).ShouldBe((TriggerStatus.Executed, 4));
    }

    [Fact]
    public void Retry_PriceMovedSinceItWasShown_AsksAgain()
    {
        var (desk, failed) = Failed();

        var retried = desk.Engine.ConfirmTrigger(failed.Id, new Price(5400), force: false, Start.AddSeconds(3));

        retried.Problems.ShouldHaveSingleItem().Code.ShouldBe("price_moved");
    }

    /// <summary>Two rules wanted the same lots; the second finds none.</summary>
    private static (EngineHarness Desk, LockTrigger Failed) Failed()
    {
        var desk = new EngineHarness();
        var account = desk.Account();
        desk.Tick(Ta, Start, 5400);
        desk.Hold(account, Ta, longVolume: 10, longPrice: 5400);
        desk.Rule(EngineHarness.NewRule(account, Ta, Side.Long, TriggerType.Price) with { StopLossPrice = new Price(5300) });
        desk.Rule(EngineHarness.NewRule(account, Ta, Side.Long, TriggerType.Trailing) with { TrailingStop = true, TrailingDistance = 50 });
        desk.Tick(Ta, Start.AddSeconds(1), 5290, bid: 5288, ask: 5292);
        desk.Tick(Ta, Start.AddSeconds(2), 5290, bid: 5288, ask: 5292);
        return (desk, desk.Snapshot.Triggers.First(t => t.Status == TriggerStatus.Failed));
    }
}
