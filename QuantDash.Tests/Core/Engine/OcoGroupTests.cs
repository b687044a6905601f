using QuantDash.Core.Locking;

namespace QuantDash.Tests.Core.Engine;

/// <summary>DESIGN.md 6.1: OCO groups reduce by filled volume; uncovered lots keep their stop; failed or expired restores all; cancel_all must be chosen.</summary>
public sealed class OcoGroupTests
{
    private readonly PtaDesk _desk = new(10);

    [Fact]
    public void Filled_TheOthersAskForAsMuchLess_AndUncoveredLotsKeepTheirStop()
    {
        _desk.Save(_desk.Price(5510) with { ProfitLockRatio = new(0.6m), OcoGroup = "a" });
        _desk.Save(Stop(5490) with { OcoGroup = "a" });
        _desk.Tick(5510);
        _desk.Locked.ShouldBe(6);
        _desk.Tick(5490);
        _desk.Locked.ShouldBe(10);
        _desk.Triggers.Single(t => t.Condition == ConditionKind.Stop).LockVolume.Value.ShouldBe(4);
    }

    [Fact]
    public void Filled_WhatTheOthersWouldHaveLocked_IsTakenFromThem()
    {
        _desk.Save(_desk.Price(5510) with { ProfitLockRatio = new(0.4m), OcoGroup = "a" });
        var other = _desk.Save(_desk.Price(5520) with { ProfitLockRatio = new(0.5m), OcoGroup = "a" });
        _desk.Tick(5510);
        _desk.Tick(5520);
        _desk.Locked.ShouldBe(5, "4 of the 5 lots of the second rule were locked by the first");
        State(other).ShouldBe(ArmState.Done);
    }

    [Fact]
    public void Filled_AnotherWaitingForTheClick_IsCutOrCancelled()
    {
        var asking = _desk.Save(_desk.Price(5510) with { AutoExecute = false, ProfitLockRatio = new(0.4m), OcoGroup = "a" });
        _desk.Save(_desk.Price(5520) with { ProfitLockRatio = new(0.3m), OcoGroup = "a" });
        _desk.Tick(5510);
        _desk.Tick(5520);
        Trigger(asking).LockVolume.Value.ShouldBe(1);
        _desk.Save(_desk.Price(5530) with { ProfitLockRatio = new(0.5m), OcoGroup = "a" });
        _desk.Tick(5530);
        Trigger(asking).Status.ShouldBe(TriggerStatus.Cancelled);
        Trigger(asking).ErrorMessage.ShouldNotBeNull().ShouldContain("组 a");
    }

    [Fact]
    public void WhileOneWorks_AnotherThatHolds_DoesNotLockTheSameLots()
    {
        _desk.Save(_desk.Price(5510) with { ProfitLockRatio = new(0.5m), ProtectTicks = 0, OcoGroup = "a" });
        var other = _desk.Save(_desk.Price(5512) with { ProfitLockRatio = new(0.5m), OcoGroup = "a" });
        _desk.Tick(5510, depth: 2);
        _desk.Locked.ShouldBe(2, "the rest of its order rests");
        _desk.Tick(5512, depth: 0);
        _desk.Triggers.ShouldNotContain(t => t.ConfigId == other.Id);
    }

    [Fact]
    public void Declined_RestoresTheOthers()
    {
        var asking = _desk.Save(_desk.Price(5510) with { AutoExecute = false, OcoGroup = "a" });
        _desk.Save(_desk.Price(5512) with { AutoExecute = false, OcoGroup = "a" });
        _desk.Tick(5510);
        _desk.Tick(5512);
        _desk.Triggers.Count.ShouldBe(1);
        _desk.Harness.Engine.CancelTrigger(Trigger(asking).Id, EngineHarness.Wall).Succeeded.ShouldBeTrue();
        _desk.Tick(5514);
        _desk.Triggers.Count(t => t.Status == TriggerStatus.WaitingConfirm).ShouldBe(1);
    }

    [Fact]
    public void CancelAll_Filled_EndsTheOthers()
    {
        _desk.Save(_desk.Price(5510) with { ProfitLockRatio = new(0.4m), OcoGroup = "a", OcoMode = OcoMode.CancelAll });
        var stop = _desk.Save(Stop(5490) with { OcoGroup = "a" });
        _desk.Tick(5510);
        State(stop).ShouldBe(ArmState.Done);
        _desk.Tick(5490);
        _desk.Locked.ShouldBe(4);
    }

    [Fact]
    public void CancelAll_WhatItEnded_StaysEndedWhenAnOlderOrderOfTheGroupIsFilledLater()
    {
        _desk.Save(_desk.Price(5510) with { ProfitLockRatio = new(0.5m), ProtectTicks = 0, OcoGroup = "a" });
        var ended = _desk.Save(Stop(5400) with { StopLockRatio = new(0.5m), OcoGroup = "a" });
        _desk.Save(Stop(5500) with { StopLockRatio = new(0.8m), OcoGroup = "a", OcoMode = OcoMode.CancelAll });
        _desk.Tick(5510, depth: 2);
        _desk.Tick(5500);
        State(ended).ShouldBe(ArmState.Done);
        _desk.Locked.ShouldBe(5);
        _desk.Wait(TimeSpan.FromSeconds(2));
        _desk.Tick(5498);
        _desk.Tick(5498);
        _desk.Locked.ShouldBe(8);
        State(ended).ShouldBe(ArmState.Done);
    }

    [Fact]
    public void AnotherGroup_Shadow_OrLeg_IsLeftAlone()
    {
        _desk.Save(_desk.Price(5510) with { ProfitLockRatio = new(0.4m), OcoGroup = "a", OcoMode = OcoMode.CancelAll });
        var others = new[]
        {
            _desk.Save(Stop(5480) with { OcoGroup = "b" }), _desk.Save(Stop(5480)), _desk.Save(Stop(5480) with { OcoGroup = "a", Shadow = true }),
        };
        _desk.Tick(5510);
        foreach (var other in others) State(other).ShouldBe(ArmState.Armed);
    }

    private LockRule Stop(decimal price) => _desk.Price(5900) with { TriggerPrice = null, StopLossPrice = new(price) };

    private ArmState State(LockRule rule) => _desk.Harness.Snapshot.Rules.Single(view => view.Rule.Id == rule.Id).State.State;

    private LockTrigger Trigger(LockRule rule) => _desk.Triggers.Single(t => t.ConfigId == rule.Id);
}
