using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>DESIGN.md 6.1, condition arithmetic: "Ladder: stage k = floor(base × Σ ratio₁..k) − done, Σ = 1 takes all; base = leg volume when the first
/// stage fires; stages passed by one tick make one order", and what follows for confirming, stops and restarts.</summary>
public sealed class LadderTests
{
    [Fact]
    public void Stages_OneAfterAnother_LockFloorOfBaseTimesSumLessDone()
    {
        var desk = new PtaDesk(7);
        desk.Save(desk.Ladder((5510, 0.3m), (5520, 0.3m), (5530, 0.4m)));
        foreach (var (price, locked) in new[] { (5508, 0), (5510, 2), (5518, 2), (5520, 4), (5512, 4), (5530, 7) })
        {
            desk.Tick(price);
            desk.Locked.ShouldBe(locked, $"at {price}");
        }
        desk.State.State.ShouldBe(ArmState.Done);
        desk.Triggers.Select(trigger => trigger.Stage).ShouldBe([3, 2, 1]);
        desk.Triggers[0].TriggerCondition.ShouldBe("价格达到目标: 5530 >= 5530 (第3档)");
    }

    [Fact]
    public void Stages_PassedByOneTick_MakeOneOrder()
    {
        var desk = new PtaDesk(7);
        desk.Save(desk.Ladder((5510, 0.3m), (5520, 0.3m), (5530, 0.4m)));
        desk.Tick(5524);
        var trigger = desk.Triggers.ShouldHaveSingleItem();
        (trigger.Stage, trigger.FilledVolume.Value, trigger.Children).ShouldBe((2, 4m, 1));
        trigger.TriggerCondition.ShouldBe("价格达到目标: 5524 >= 5520 (第1-2档)");
        desk.Tick(5530);
        desk.Locked.ShouldBe(7);
    }

    [Fact]
    public void Base_IsTheLegWhenTheFirstStageFires_LotsAddedLaterAreNotInIt()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Ladder((5510, 0.5m), (5520, 0.5m)));
        desk.Tick(5510);
        desk.Harness.Engine.PlaceOrder(
            new(desk.Account, PtaDesk.Pta, OrderPurpose.Open, Side.Long, new(6), OrderType.Market, null), EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
        desk.Tick(5520);
        desk.Locked.ShouldBe(10);
    }

    [Fact]
    public void Stage_OfLessThanOneLot_IsPassedWithoutAnOrderUnlessMinOneLot()
    {
        var desk = new PtaDesk(2);
        desk.Save(desk.Ladder((5510, 0.3m), (5520, 0.3m), (5530, 0.4m)));
        desk.Tick(5510);
        desk.Triggers.ShouldBeEmpty();
        desk.Tick(5520);
        desk.Locked.ShouldBe(1);
        desk.Tick(5530);
        desk.Locked.ShouldBe(2);

        var eager = new PtaDesk(2);
        eager.Save(eager.Ladder((5510, 0.3m), (5520, 0.3m), (5530, 0.4m)) with { MinOneLot = true });
        eager.Tick(5510);
        eager.Locked.ShouldBe(1);
    }

    [Fact]
    public void SingleRatio_OfLessThanOneLot_LocksOneUnlessMinOneLotIsOff()
    {
        var desk = new PtaDesk(2);
        desk.Save(desk.Price(5510) with { ProfitLockRatio = new(0.3m) });
        desk.Tick(5510);
        desk.Locked.ShouldBe(1);

        var strict = new PtaDesk(2);
        strict.Save(strict.Price(5510) with { ProfitLockRatio = new(0.3m), MinOneLot = false });
        strict.Tick(5510);
        strict.Triggers.ShouldBeEmpty();
        strict.State.State.ShouldBe(ArmState.Done);
    }

    [Fact]
    public void Stage_WaitingForTheClick_LeavesTheNextStageAndTheStopWatched()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Ladder((5510, 0.3m), (5520, 0.3m), (5530, 0.4m)) with { AutoExecute = false, StopLossPrice = new(5490m) });
        desk.Tick(5510);
        desk.Tick(5520);
        desk.Triggers.Select(trigger => (trigger.Stage, trigger.LockVolume.Value, trigger.Status))
            .ShouldBe([(2, 3m, TriggerStatus.WaitingConfirm), (1, 3m, TriggerStatus.WaitingConfirm)]);
        desk.Tick(5490);
        desk.Triggers[0].Condition.ShouldBe(ConditionKind.Stop);
        desk.Triggers[0].LockVolume.Value.ShouldBe(10);
    }

    /// <summary>DESIGN.md 6.1: a declined one re-arms "only after its condition was false"; the next stage is a condition of its own, and takes what was declined too.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DeclinedStage_WaitsToBeFalse_AndHoldsNoLaterStageBack(bool restart)
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Ladder((5510, 0.3m), (5520, 0.3m), (5530, 0.4m)) with { AutoExecute = false });
        desk.Tick(5512);
        Decline(desk);
        if (restart) desk.Kill();
        desk.Tick(5514);
        desk.Tick(5516);
        desk.Triggers.Count.ShouldBe(1, "5510 has not been left yet");
        desk.Harness.Snapshot.Rules[0].Conditions.Single(condition => condition.Kind == ConditionKind.Price).ShouldSatisfyAllConditions(
            price => price.Stage.ShouldBe(2), price => price.Level.ShouldBe(new Price(5520)), price => price.Why.ShouldBeNull());
        desk.Tick(5520);
        (desk.Triggers[0].Stage, desk.Triggers[0].LockVolume.Value, desk.Triggers[0].TriggerCondition).ShouldBe((2, 6m, "价格达到目标: 5520 >= 5520 (第1-2档)"));
        Decline(desk);
        desk.Tick(5514);
        desk.Triggers.Count.ShouldBe(2, "stage 2 was left, stage 1 was not");
        desk.Tick(5520);
        (desk.Triggers.Count, desk.Triggers[0].LockVolume.Value).ShouldBe((3, 6m), "it was false");
        Decline(desk);
        desk.Tick(5508);
        desk.Tick(5510);
        (desk.Triggers[0].Stage, desk.Triggers[0].LockVolume.Value).ShouldBe((1, 3m), "both were false");
    }

    private static void Decline(PtaDesk desk) => desk.Harness.Engine.CancelTrigger(desk.Triggers[0].Id, EngineHarness.Wall).Problems.ShouldBeEmpty();

    [Fact]
    public void PartlyFilledStage_LeavesItsRemainderToTheNext()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Ladder((5510, 0.5m), (5520, 0.5m)) with { ProtectTicks = 0 });
        desk.Tick(5510, depth: 2);
        desk.Harness.Snapshot.Orders.ShouldHaveSingleItem();
        for (var i = 0; i < 40 && desk.Harness.Snapshot.Orders.Count > 0; i++)
        {
            desk.Wait(TimeSpan.FromSeconds(2));
            desk.Tick(5508 - (2 * i), depth: 0.0001);
        }
        desk.Tick(5524);
        desk.Locked.ShouldBe(10);
    }

    [Fact]
    public void StopAfterAStage_LocksTheRest()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Ladder((5510, 0.3m), (5530, 0.7m)) with { StopLossPrice = new(5490m) });
        desk.Tick(5510);
        desk.Tick(5488);
        desk.Locked.ShouldBe(10);
        desk.State.State.ShouldBe(ArmState.Done);
    }
}
