using QuantDash.Core.Locking;
using QuantDash.Core.Markets;

namespace QuantDash.Tests.Core.Engine;

/// <summary>DESIGN.md 6 and 6.1: a time condition acts by timer on the account's clock, once a trading day (clock, before a close) or once a leg (holding); a quote
/// older than <c>max_tick_age</c> asks; what cannot be sent waits for the next tradable tick.</summary>
public sealed class TimeRuleTests
{
    [Fact]
    public void Clock_PassesIt_LocksAtTheMarket_Once()
    {
        var desk = new ClockDesk("2026-11-20 14:54:50");
        desk.Save(TriggerTime.AtClock(new(14, 55)));
        desk.Tick("2026-11-20 14:54:59", 5500);
        desk.Triggers.ShouldBeEmpty();
        desk.Timer("2026-11-20 14:55:00");
        var trigger = desk.Triggers.ShouldHaveSingleItem();
        (trigger.Condition, trigger.TriggerPrice.Value, trigger.TriggerCondition).ShouldBe((ConditionKind.Time, 5500m, "到达设定时间: 14:55:00, 价格 5500"));
        desk.Tick("2026-11-20 14:55:01", 5502);
        desk.Locked.ShouldBe(10);
        desk.State.State.ShouldBe(ArmState.Done);
    }

    [Fact]
    public void Clock_NotPassed_TicksDoNothing()
    {
        var desk = new ClockDesk("2026-11-20 14:55:10");
        desk.Save(TriggerTime.AtClock(new(14, 55)));
        desk.Tick("2026-11-20 14:55:20", 5500);
        desk.Timer("2026-11-20 14:56:00");
        desk.Triggers.ShouldBeEmpty("it was armed after today's moment");
        desk.Time.ActsAt.ShouldBe(ClockDesk.At("2026-11-23 14:55:00"));
        desk.Time.Why.ShouldBeNull();
    }

    [Fact]
    public void BeforeClose_ActsItsMinutesBeforeTheNamedClose()
    {
        var desk = new ClockDesk("2026-11-20 11:24:50");
        desk.Save(TriggerTime.BeforeClose(5, SessionClose.Morning));
        desk.Tick("2026-11-20 11:24:59", 5500);
        desk.Tick("2026-11-20 11:25:00", 5500);
        desk.Triggers.ShouldHaveSingleItem().TriggeredAt.ShouldBe(ClockDesk.At("2026-11-20 11:25:00"));
    }

    [Fact]
    public void Holding_CountsTradingTimeSinceTheOldestLot_OncePerLeg()
    {
        var desk = new ClockDesk("2026-11-20 11:20:00");
        desk.Save(TriggerTime.AfterHolding(20), auto: false);
        desk.Tick("2026-11-20 13:39:59", 5500);
        desk.Triggers.ShouldBeEmpty("ten minutes before lunch, ten after");
        desk.Tick("2026-11-20 13:40:00", 5500);
        var first = desk.Triggers.ShouldHaveSingleItem();
        desk.Harness.Engine.CancelTrigger(first.Id, ClockDesk.At("2026-11-20 13:40:05")).Succeeded.ShouldBeTrue();
        desk.Tick("2026-11-20 14:30:00", 5500);
        desk.Restart("2026-11-20 14:31:00");
        desk.Tick("2026-11-20 14:31:30", 5500);
        desk.Triggers.Count.ShouldBe(1, "once a leg, also after a restart");
        desk.Time.Why.ShouldBe("done");
    }

    [Fact]
    public void Holding_AlreadyHeldLongEnough_FiresAtOnce_AndSavingSaysSo()
    {
        var desk = new ClockDesk("2026-11-20 09:30:00");
        desk.Tick("2026-11-20 10:00:00", 5500);
        var saved = desk.Save(TriggerTime.AfterHolding(20));
        (saved.FiresNow, saved.Volume.Value).ShouldBe((true, 10m));
        desk.Timer("2026-11-20 10:00:01");
        desk.Triggers.ShouldHaveSingleItem();
    }

    [Fact]
    public void Moment_TheQuoteIsOlderThanMaxTickAge_Asks()
    {
        var desk = new ClockDesk("2026-11-20 14:54:30");
        desk.Save(TriggerTime.AtClock(new(14, 55)));
        desk.Timer("2026-11-20 14:55:00");
        desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.WaitingConfirm);
    }

    [Fact]
    public void Moment_InABreak_WaitsForTheNextTradableTick()
    {
        var desk = new ClockDesk("2026-11-20 11:29:55");
        desk.Save(TriggerTime.AtClock(new(11, 45)));
        desk.Timer("2026-11-20 11:45:00");
        desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Pending);
        desk.Tick("2026-11-20 13:30:01", 5400);
        desk.Tick("2026-11-20 13:30:02", 5400);
        desk.Locked.ShouldBe(10, "the price does not decide it");
    }

    [Fact]
    public void Declined_DoesNotFireAgainTheSameDay_ButTheNext()
    {
        var desk = new ClockDesk("2026-11-20 14:54:58");
        desk.Save(TriggerTime.AtClock(new(14, 55)), auto: false);
        desk.Tick("2026-11-20 14:55:00", 5500);
        desk.Harness.Engine.CancelTrigger(desk.Triggers[0].Id, ClockDesk.At("2026-11-20 14:55:05")).Succeeded.ShouldBeTrue();
        desk.Tick("2026-11-20 14:56:00", 5500);
        desk.Restart("2026-11-20 14:56:30");
        desk.Tick("2026-11-20 14:57:00", 5500);
        desk.Triggers.Count.ShouldBe(1);
        desk.Tick("2026-11-23 14:54:59", 5500);
        desk.Tick("2026-11-23 14:55:00", 5500);
        desk.Triggers.Count.ShouldBe(2);
    }

    [Fact]
    public void Restart_TheMomentPassedMeanwhile_AsksWithTheFirstTick()
    {
        var desk = new ClockDesk("2026-11-20 14:54:30");
        desk.Save(TriggerTime.AtClock(new(14, 55)));
        desk.Restart("2026-11-20 14:57:00");
        desk.Timer("2026-11-20 14:57:01");
        desk.Triggers.ShouldBeEmpty("no price yet");
        desk.Tick("2026-11-20 14:57:10", 5500);
        desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.WaitingConfirm);
    }

    [Fact]
    public void Restart_BeforeTheMoment_ActsByItself()
    {
        var desk = new ClockDesk("2026-11-20 14:54:30");
        desk.Save(TriggerTime.AtClock(new(14, 55)));
        desk.Restart("2026-11-20 14:54:40");
        desk.Tick("2026-11-20 14:55:01", 5500);
        desk.Tick("2026-11-20 14:55:02", 5500);
        desk.Locked.ShouldBe(10);
    }

    [Fact]
    public void Restart_TheDayIsOver_TheMomentIsMissed()
    {
        var desk = new ClockDesk("2026-11-20 14:54:30");
        desk.Save(TriggerTime.BeforeClose(5));
        desk.Restart("2026-11-20 21:00:10");
        desk.Tick("2026-11-20 21:00:11", 5500);
        desk.Triggers.ShouldBeEmpty();
        desk.Time.ActsAt.ShouldBe(ClockDesk.At("2026-11-23 14:55:00"));
    }

    [Fact]
    public void Moment_RuleExpiredBefore_DoesNotAct()
    {
        var desk = new ClockDesk("2026-11-20 14:54:30");
        desk.Save(TriggerTime.AtClock(new(14, 55)), validUntil: ClockDesk.At("2026-11-20 14:54:45"));
        desk.Tick("2026-11-20 14:55:00", 5500);
        desk.Triggers.ShouldBeEmpty();
        desk.State.Why.ShouldBe("expired");
    }

    [Fact]
    public void Moment_WithAStop_TheStopStaysWatched()
    {
        var desk = new ClockDesk("2026-11-20 14:54:58");
        desk.Save(TriggerTime.AtClock(new(14, 55)), ratio: 0.5m, stop: 5480);
        desk.Tick("2026-11-20 14:55:00", 5500);
        desk.Tick("2026-11-20 14:55:01", 5500);
        desk.Locked.ShouldBe(5);
        desk.Tick("2026-11-20 14:55:02", 5480);
        desk.Tick("2026-11-20 14:55:03", 5480);
        desk.Locked.ShouldBe(10);
    }

    /// <summary>DESIGN.md 6.1: "A remainder stays covered by its rule"; no level will be reached again that could bring it back.</summary>
    [Theory]
    [InlineData("14:55:00")]
    [InlineData("close-5")]
    [InlineData("hold+55")]
    public void Moment_PartlyFilled_TheRemainderIsAskedForAgainWhileTheMomentStands(string time)
    {
        var desk = new ClockDesk("2026-11-20 14:00:00");
        desk.Save(TriggerTime.TryParse(time)!);
        desk.Tick("2026-11-20 14:54:59", 5500, bidVolume: 3);
        for (var second = 0; second < 20; second++) desk.Tick($"2026-11-20 14:55:{second:00}", 5500 - (2 * second), bidVolume: second == 0 ? 3 : 0);
        var first = desk.Triggers.Single(trigger => trigger.Status == TriggerStatus.PartiallyExecuted);
        first.FilledVolume.Value.ShouldBe(3);
        desk.Tick("2026-11-20 14:55:30", 5450);
        desk.Tick("2026-11-20 14:55:31", 5450);
        desk.Locked.ShouldBe(10);
        desk.State.State.ShouldBe(ArmState.Done);
        desk.Triggers.Count.ShouldBe(2);
    }

    [Fact]
    public void Replay_TheFeedIsTheClock()
    {
        var desk = new ClockDesk("2026-11-20 14:54:58", SourceClock.Ticks);
        desk.Save(TriggerTime.AtClock(new(14, 55)));
        desk.Timer("2026-11-20 18:00:00");
        desk.Triggers.ShouldBeEmpty("the machine's clock is not this account's");
        desk.Tick("2026-11-20 14:55:00", 5500);
        desk.Triggers.ShouldHaveSingleItem();
    }
}
