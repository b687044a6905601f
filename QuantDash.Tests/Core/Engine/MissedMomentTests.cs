using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;

namespace QuantDash.Tests.Core.Engine;

/// <summary>DESIGN.md 6.1, Restart, for time conditions: a moment that passed while the process was off acts late on its own trading day; one of an earlier session is
/// a message, once, and never an order. 2026-11-20 is a Friday.</summary>
public sealed class MissedMomentTests
{
    /// <summary>Form, when it was armed, when it would have acted, when we are back, and what is told: <c>time · moment · what next</c>.</summary>
    [Theory]
    [InlineData("14:55", "2026-11-20 14:54:30", "2026-11-20 21:00:10", "14:55:00 · 2026-11-20 14:55 · 下次 2026-11-23 14:55")]
    [InlineData("14:55", "2026-11-20 14:54:30", "2026-11-23 09:00:10", "14:55:00 · 2026-11-20 14:55 · 下次 2026-11-23 14:55")]
    [InlineData("14:55", "2026-11-17 14:54:30", "2026-11-20 10:00:00", "14:55:00 · 2026-11-19 14:55 · 下次 2026-11-20 14:55")]
    [InlineData("close-5", "2026-11-20 14:54:30", "2026-11-20 15:00:10", "close-5 · 2026-11-20 14:55 · 下次 2026-11-23 14:55")]
    [InlineData("close-5@morning", "2026-11-20 11:24:30", "2026-11-20 13:30:10", "close-5@morning · 2026-11-20 11:25 · 下次 2026-11-23 11:25")]
    [InlineData("close-5@night", "2026-11-19 22:54:30", "2026-11-20 09:00:10", "close-5@night · 2026-11-19 22:55 · 下次 2026-11-20 22:55")]
    [InlineData("hold+20", "2026-11-20 14:30:00", "2026-11-20 21:00:10", "hold+20 · 2026-11-20 14:50 · 本仓位不再触发, 重新保存规则可立即触发")]
    [InlineData("hold+20", "2026-11-20 14:30:00", "2026-12-20 21:00:10", "hold+20 · 2026-11-20 14:50 · 本仓位不再触发, 重新保存规则可立即触发")]
    public void Restart_MomentOfAnEarlierSession_IsToldOnceAndNeverActs(string time, string armed, string back, string told)
    {
        var desk = new ClockDesk(armed);
        desk.Save(TriggerTime.TryParse(time)!);
        desk.Restart(back);
        Told(desk).ShouldBe([told]);
        desk.Timer(back);
        desk.Restart(back);
        Told(desk).Count().ShouldBe(1, "what was told is written down");
        desk.Triggers.ShouldBeEmpty();
        (desk.Time.ActsAt is null).ShouldBe(time == "hold+20", "a leg is held for so long once");
    }

    [Fact]
    public void Restart_TicksComeAgain_NothingIsSentBeforeTheNextMoment()
    {
        var desk = new ClockDesk("2026-11-20 14:54:30");
        desk.Save(TriggerTime.AtClock(new(14, 55)));
        desk.Restart("2026-11-20 21:00:10");
        desk.Tick("2026-11-20 21:00:11", 5500);
        desk.Tick("2026-11-23 14:54:59", 5500);
        desk.Triggers.ShouldBeEmpty();
        desk.Tick("2026-11-23 14:55:00", 5500);
        desk.Tick("2026-11-23 14:55:01", 5500);
        (desk.Locked, Told(desk).Count()).ShouldBe((10m, 1));
    }

    /// <summary>The same trading day: late, and asking first.</summary>
    [Theory]
    [InlineData("14:55", "2026-11-20 14:54:30", "2026-11-20 14:57:00")]
    [InlineData("close-5", "2026-11-20 14:54:30", "2026-11-20 14:57:00")]
    [InlineData("10:00", "2026-11-20 09:54:30", "2026-11-20 13:31:00")]
    [InlineData("hold+20", "2026-11-20 10:20:00", "2026-11-20 14:57:00")]
    [InlineData("hold+20", "2026-11-19 21:20:00", "2026-11-20 14:57:00")]
    public void Restart_MomentOfThisTradingDay_ActsLate(string time, string armed, string back)
    {
        var desk = new ClockDesk(armed);
        desk.Save(TriggerTime.TryParse(time)!);
        desk.Restart(back);
        desk.Tick(back, 5500);
        Told(desk).ShouldBeEmpty();
        desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.WaitingConfirm);
    }

    /// <summary>What the message says can be done: the rule is saved again.</summary>
    [Fact]
    public void Holding_Missed_SavedAgain_FiresAtOnce()
    {
        var desk = new ClockDesk("2026-11-20 14:30:00");
        var rule = desk.Save(TriggerTime.AfterHolding(20)).Rule;
        desk.Restart("2026-11-20 21:00:10");
        desk.Tick("2026-11-20 21:00:11", 5500);
        (desk.Triggers.Count, desk.Time.Why).ShouldBe((0, "done"));
        desk.Save(rule).FiresNow.ShouldBeTrue();
        desk.Timer("2026-11-20 21:00:12");
        desk.Triggers.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("expired before it")]
    [InlineData("acted")]
    [InlineData("acted in part")]
    [InlineData("armed after it")]
    [InlineData("replay")]
    public void Restart_NothingWasMissed_NothingIsTold(string why)
    {
        var desk = new ClockDesk("2026-11-20 14:54:50", why == "replay" ? SourceClock.Ticks : SourceClock.Wall);
        if (why == "armed after it") desk.Tick("2026-11-20 14:55:10", 5500);
        var rule = desk.Save(TriggerTime.AtClock(new(14, 55)), auto: why != "acted", validUntil: why == "expired before it" ? ClockDesk.At("2026-11-20 14:54:55") : null).Rule;
        if (why == "disabled") desk.Save(rule with { IsEnabled = false });
        if (why.StartsWith("acted", StringComparison.Ordinal)) Act(desk, part: why == "acted in part");
        desk.Restart("2026-11-20 21:00:10");
        Told(desk).ShouldBeEmpty();
    }

    private static void Act(ClockDesk desk, bool part)
    {
        desk.Tick("2026-11-20 14:54:59", 5500, bidVolume: part ? 3 : 100);
        for (var second = 0; second < 20; second++) desk.Tick($"2026-11-20 14:55:{second:00}", 5500 - (2 * second), bidVolume: part && second > 0 ? 0 : part ? 3 : 100);
        if (part) desk.Triggers.ShouldContain(trigger => trigger.Status == TriggerStatus.PartiallyExecuted);
        else desk.Harness.Engine.CancelTrigger(desk.Triggers.ShouldHaveSingleItem().Id, desk.Now).Problems.ShouldBeEmpty();
    }

    private static IEnumerable<string> Told(ClockDesk desk) =>
        desk.Harness.Journal.Changes.OfType<JournalChange.EventAdded>().Where(change => change.Event.Key == "lock.missed_time").Select(change => string.Join(" · ", change.Event.Values.Skip(1)));
}
