using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>DESIGN.md 6.1, triggers: one open trigger per condition, soft reservation, what a declined, failed or filled one leaves behind.</summary>
public sealed class TriggerGroupsTests
{
    [Fact]
    public void WaitingTrigger_ReservesSoftly_TheStopOfTheSameRuleTakesItsLots()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { AutoExecute = false, ConfirmTimeout = TimeSpan.FromHours(1) });
        desk.Save(desk.Price(5600) with { StopLossPrice = new(5490m) });
        desk.Tick(5510);
        desk.Tick(5490);
        var (stop, waiting) = (desk.Triggers.Single(t => t.Condition == ConditionKind.Stop), desk.Triggers.Single(t => t.Condition == ConditionKind.Price));
        (stop.Status, stop.FilledVolume.Value).ShouldBe((TriggerStatus.Executed, 10m));
        waiting.Status.ShouldBe(TriggerStatus.Cancelled);
        waiting.ErrorMessage.ShouldNotBeNull().ShouldStartWith("持仓不足: 当前long仓: 10手, 需要锁定: 10手");
    }

    [Fact]
    public void WaitingTrigger_AutomaticOneTakesPart_IsResized()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { AutoExecute = false });
        desk.Save(desk.Price(5520) with { ProfitLockRatio = new(0.4m) });
        desk.Tick(5510);
        desk.Tick(5520);
        desk.Triggers.Single(t => t.Status == TriggerStatus.WaitingConfirm).LockVolume.Value.ShouldBe(6);
    }

    [Fact]
    public void WaitingTrigger_OneOpenPerCondition_ASecondTouchMakesNone()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { AutoExecute = false });
        foreach (var price in new[] { 5510, 5500, 5512, 5500, 5514 }) desk.Tick(price);
        desk.Triggers.ShouldHaveSingleItem();
        desk.State.State.ShouldBe(ArmState.Fired);
    }

    [Fact]
    public void FilledGain_LotsStillUncovered_KeepTheirStop()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { ProfitLockRatio = new(0.8m), StopLossPrice = new(5490m) });
        desk.Tick(5510);
        desk.Locked.ShouldBe(8);
        desk.Tick(5500);
        desk.Tick(5510);
        desk.Triggers.Count.ShouldBe(1, "once is spent by a fill");
        desk.Tick(5490);
        desk.Locked.ShouldBe(10);
        desk.State.State.ShouldBe(ArmState.Done);
    }

    [Fact]
    public void DeclinedTrigger_ArmsAgainOnlyAfterItsConditionWasFalse_AndSaysSo()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { AutoExecute = false });
        desk.Tick(5510);
        desk.Harness.Engine.CancelTrigger(desk.Triggers[0].Id, EngineHarness.Wall).Succeeded.ShouldBeTrue();
        desk.State.State.ShouldBe(ArmState.WaitingForFalse);
        desk.Tick(5512);
        desk.Triggers.Count.ShouldBe(1);
        desk.Tick(5508);
        desk.State.State.ShouldBe(ArmState.Armed);
        desk.Tick(5510);
        desk.Triggers.Count.ShouldBe(2);
    }

    [Fact]
    public void DeclinedTrailing_ArmsAgainOnlyAfterItsConditionWasFalse_AndSaysSo()
    {
        var desk = new PtaDesk(10);
        desk.Save(EngineHarness.NewRule(desk.Account, PtaDesk.Pta, Side.Long, TriggerType.Trailing) with { AutoExecute = false, TrailingStop = true, TrailingDistance = 10 });
        desk.Tick(5520);
        desk.Tick(5510);
        desk.Harness.Engine.CancelTrigger(desk.Triggers[0].Id, EngineHarness.Wall).Succeeded.ShouldBeTrue();
        desk.State.State.ShouldBe(ArmState.WaitingForFalse);
        desk.Tick(5508);
        desk.Triggers.Count.ShouldBe(1);
        desk.Tick(5514);
        desk.State.State.ShouldBe(ArmState.Armed);
        desk.Tick(5508);
        desk.Triggers.Count.ShouldBe(2);
    }

    [Fact]
    public void FailedTrigger_Cancelled_ArmsItsConditionAgain()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510));
        desk.Save(desk.Price(5510));
        desk.Tick(5510);
        var failed = desk.Triggers.Single(t => t.Status == TriggerStatus.Failed);
        failed.LockVolume.Value.ShouldBe(10, "what it needed, not what there was");
        desk.Harness.Engine.CancelTrigger(failed.Id, EngineHarness.Wall).Succeeded.ShouldBeTrue();
        desk.Harness.Snapshot.Rules.Select(rule => rule.State.State).ShouldBe([ArmState.Done, ArmState.Idle], ignoreOrder: true);
    }

    [Fact]
    public void FiringsOfOneRule_Together_NeverExceedItsRatio()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { ProfitLockRatio = new(0.5m), Also = [TriggerType.Profit], ProfitLockEnabled = true, ProfitLockThreshold = 1000, StopLossPrice = new(5490m), StopLockRatio = new(0.7m) });
        desk.Tick(5510);
        desk.Tick(5560);
        desk.Locked.ShouldBe(5);
        desk.Tick(5480);
        desk.Locked.ShouldBe(7);
    }

    [Fact]
    public void SecondConditionOfOneRule_WhileTheFirstWaits_MakesNoSecondTriggerAndSpendsNothing()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { AutoExecute = false, Also = [TriggerType.Profit], ProfitLockEnabled = true, ProfitLockThreshold = 1000 });
        desk.Tick(5510);
        desk.Tick(5522);
        desk.Triggers.ShouldHaveSingleItem();
        desk.Harness.Engine.CancelTrigger(desk.Triggers[0].Id, EngineHarness.Wall).Succeeded.ShouldBeTrue();
        desk.Tick(5500);
        desk.Tick(5510);
        desk.Triggers.Count.ShouldBe(2);
    }
}
