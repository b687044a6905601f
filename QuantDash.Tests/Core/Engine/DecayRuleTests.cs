using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>DESIGN.md 6.1: <c>decay_half_life</c> in minutes of trading time since the leg's oldest lot, stepped each minute by timer; <c>decay_floor</c> ≥ 0.</summary>
public sealed class DecayRuleTests
{
    [Fact]
    public void Threshold_ComesDownByTimer_AndTheNextTickFires()
    {
        var desk = Desk(out _);
        desk.Tick("2026-11-20 09:39:59", 5510);
        desk.Triggers.ShouldBeEmpty("500 of a threshold above 500");
        desk.Timer("2026-11-20 09:40:00");
        desk.Triggers.ShouldBeEmpty("conditions are evaluated on ticks");
        desk.Tick("2026-11-20 09:40:01", 5510);
        desk.Triggers.ShouldHaveSingleItem().TriggerCondition.ShouldBe("利润达到阈值: 500.00 >= 500.00");
    }

    [Fact]
    public void Threshold_SteppedEachMinute_NotBetween()
    {
        var desk = Desk(out _);
        desk.Tick("2026-11-20 09:31:30", 5500);
        var profit = desk.Condition(ConditionKind.Profit);
        (profit.HeldMinutes, profit.Target).ShouldBe((1, DecayingThreshold.At(1000, 0, 10, 1)));
        desk.Tick("2026-11-20 09:31:59", 5500);
        desk.Condition(ConditionKind.Profit).Target.ShouldBe(profit.Target);
        desk.Timer("2026-11-20 09:32:00");
        desk.Condition(ConditionKind.Profit).Target.ShouldBe(DecayingThreshold.At(1000, 0, 10, 2));
    }

    [Fact]
    public void Threshold_Breaks_DoNotCount()
    {
        var desk = Desk(out _);
        desk.Tick("2026-11-20 13:30:10", 5500);
        desk.Condition(ConditionKind.Profit).HeldMinutes.ShouldBe(105);
    }

    [Fact]
    public void Threshold_AfterARestart_GoesOnWhereTimeHasBroughtIt()
    {
        var desk = Desk(out _);
        desk.Tick("2026-11-20 09:35:00", 5500);
        desk.Restart("2026-11-20 09:40:30");
        desk.Tick("2026-11-20 09:40:31", 5502);
        desk.Condition(ConditionKind.Profit).Target.ShouldBe(500m);
    }

    [Fact]
    public void Threshold_Floor_IsNotPassed()
    {
        var desk = Desk(out var rule);
        desk.Save(rule with { DecayFloor = 400m, UpdatedAt = desk.Now });
        desk.Tick("2026-11-20 14:59:00", 5506);
        desk.Triggers.ShouldBeEmpty("300 < 400");
        desk.Tick("2026-11-20 14:59:05", 5508);
        desk.Triggers.ShouldBeEmpty("it comes near its floor and is never quite there");
        desk.Tick("2026-11-20 14:59:10", 5510);
        desk.Triggers.ShouldHaveSingleItem();
    }

    [Fact]
    public void Step_TicksThatAgreeAlready_AreNotCountedAnew()
    {
        var desk = Desk(out var rule);
        desk.Save(rule with { ConfirmTicks = 3, UpdatedAt = desk.Now });
        desk.Tick("2026-11-20 09:30:57", 5524);
        desk.Tick("2026-11-20 09:30:58", 5524);
        desk.Timer("2026-11-20 09:31:00");
        desk.Tick("2026-11-20 09:31:01", 5524);
        desk.Triggers.ShouldHaveSingleItem();
    }

    /// <summary>1000 with a half-life of 10 minutes on 10 lots opened at 5500 at 9:30: 20 points at first.</summary>
    private static ClockDesk Desk(out LockRule rule)
    {
        var desk = new ClockDesk("2026-11-20 09:30:00");
        rule = EngineHarness.NewRule(desk.Account, ClockDesk.Pta, Side.Long, TriggerType.Profit) with
        {
            ProfitLockEnabled = true, ProfitLockThreshold = 1000m, DecayHalfLifeMinutes = 10, CreatedAt = desk.Now, UpdatedAt = desk.Now,
        };
        desk.Save(rule);
        return desk;
    }
}
