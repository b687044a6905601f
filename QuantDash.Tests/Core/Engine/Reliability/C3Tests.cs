using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine.Reliability;

/// <summary>RELIABILITY.md C3: the machine's clock jumps, or the machine sleeps. Prices are what fires; a clock alone sends nothing, and no moment acts twice.
/// 2026-11-20 is a Friday; times are the exchange's.</summary>
[Trait(Profile.Reliability, "C3")]
public sealed class C3Tests
{
    /// <summary>A rule of every kind, its level near; then only the clock jumps.</summary>
    [Theory]
    [InlineData("2026-11-20 14:00:00", "2026-11-20 15:00:00")]
    [InlineData("2026-11-20 14:00:00", "2026-11-20 14:57:00")]
    [InlineData("2026-11-20 14:00:00", "2026-11-20 13:00:00")]
    [InlineData("2026-11-20 14:00:00", "2026-11-20 22:00:00")]
    [InlineData("2026-11-20 09:30:00", "2026-11-20 01:30:00")]
    [InlineData("2026-03-06 14:00:00", "2026-03-09 14:00:00")]
    [InlineData("2026-03-27 14:00:00", "2026-03-30 13:40:00")]
    [InlineData("2026-10-30 14:00:00", "2026-11-02 14:00:00")]
    [InlineData("2026-09-30 14:00:00", "2026-10-08 09:30:00")]
    public void C3_ClockJumps_NoLockFiresFromTheJump(string from, string to)
    {
        var desk = new ClockDesk(from);
        foreach (var rule in EveryKind(desk)) desk.Save(rule);
        desk.Timer(to);
        desk.Timer(After(to, 1));
        desk.Timer(After(to, 5));

        desk.Harness.Snapshot.Orders.ShouldBeEmpty();
        desk.Triggers.ShouldAllBe(trigger => trigger.Status == TriggerStatus.WaitingConfirm || trigger.Status == TriggerStatus.Pending, "what was to act meanwhile asks, or waits for a price");
        desk.Triggers.Where(trigger => trigger.Condition != ConditionKind.Time).ShouldBeEmpty();
        desk.Locked.ShouldBe(0);
        desk.Harness.ShouldBalance();
    }

    /// <summary>The feed goes on with its own time: while the clocks disagree nothing is let in, and nothing is decided.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void C3_ClockIsAnHourOff_TicksOfTheFeedAreRefused_UntilItIsRightAgain(int hours)
    {
        var desk = new ClockDesk("2026-11-20 14:00:00");
        desk.Save(EngineHarness.NewRule(desk.Account, ClockDesk.Pta, Side.Long, TriggerType.Price) with { StopLossPrice = new Price(5480m) });
        var wrong = ClockDesk.At("2026-11-20 14:00:01").AddHours(hours);
        var tick = new RawTick { Timestamp = ClockDesk.At("2026-11-20 14:00:01"), LastPrice = 5470, BidPrice = 5468, BidVolume = 100, AskPrice = 5472, AskVolume = 100 };
        desk.Harness.Engine.OnTick(desk.Harness.Source, ClockDesk.Pta, tick, wrong).ShouldBe(hours > 0 ? TickReject.TooOld : TickReject.Ahead);
        desk.Harness.Engine.OnTimer(wrong);
        desk.Harness.Commit();
        desk.Triggers.ShouldBeEmpty();

        desk.Tick("2026-11-20 14:00:02", 5470);
        desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Executed, "the price is real, and seen once");
        desk.Locked.ShouldBe(10);
        desk.Harness.ShouldBalance();
    }

    /// <summary>A moment that acted lies ahead again after the clock was put back: it is over all the same. The rule arms again after a second and locks as much again, so that nothing but the remembered
    /// moment keeps it from acting twice.</summary>
    [Fact]
    public void C3_ClockGoesBackOverAMomentThatActed_ItDoesNotActAgain()
    {
        var desk = new ClockDesk("2026-11-20 14:50:00");
        desk.Save(EngineHarness.NewRule(desk.Account, ClockDesk.Pta, Side.Long, TriggerType.Time) with
        {
            TriggerTime = TriggerTime.AtClock(new(14, 55)), ProfitLockRatio = new(0.3m), Rearm = RearmMode.Cooldown, RearmCooldown = TimeSpan.FromSeconds(1), RearmAdds = true,
        });
        desk.Tick("2026-11-20 14:55:00", 5500);
        desk.Tick("2026-11-20 14:55:01", 5500);
        desk.Tick("2026-11-20 14:55:02", 5500);
        (desk.Triggers.Count, desk.Locked, desk.State.State).ShouldBe((1, 3m, ArmState.Armed), "it acted once, and is watched again");

        desk.Timer("2026-11-20 13:55:01");
        desk.Timer("2026-11-20 14:54:59");
        desk.Timer("2026-11-20 14:55:03");
        desk.Tick("2026-11-20 14:55:04", 5500);
        desk.Tick("2026-11-20 14:55:05", 5500);

        (desk.Triggers.Count, desk.Locked).ShouldBe((1, 3m));
        desk.Harness.ShouldBalance();
    }

    /// <summary>Eight hours of sleep, over the close and into the night session: what slept acts on the first fresh price and on no other.</summary>
    [Fact]
    public void C3_SuspendedForEightHours_TheFirstFreshPriceDecides_Once()
    {
        var desk = new ClockDesk("2026-11-20 14:00:00");
        desk.Save(EngineHarness.NewRule(desk.Account, ClockDesk.Pta, Side.Long, TriggerType.Price) with { StopLossPrice = new Price(5480m) });
        desk.Timer("2026-11-20 22:00:00");
        desk.Triggers.ShouldBeEmpty();

        desk.Tick("2026-11-20 22:00:01", 5470);
        desk.Tick("2026-11-20 22:00:02", 5460);

        var trigger = desk.Triggers.ShouldHaveSingleItem();
        (trigger.Status, trigger.TriggerPrice, trigger.Children).ShouldBe((TriggerStatus.Executed, new Price(5470m), 1));
        desk.Harness.ShouldBalance();
    }

    /// <summary>The calendar's short days: what is to act before the close acts before that day's, never by the clock of another.</summary>
    [Theory]
    [InlineData("close-5", "2026-11-20 15:00:30", "2026-11-23 14:55:00")]
    [InlineData("close-5", "2026-09-30 15:00:30", "2026-10-08 14:55:00")]
    [InlineData("close-5@night", "2026-09-30 15:00:30", "2026-10-08 22:55:00")]
    public void C3_AfterADayWithoutItsSession_TheNextMomentIsTheNextClose(string time, string armed, string acts)
    {
        var desk = new ClockDesk(armed);
        desk.Save(TriggerTime.TryParse(time)!);
        desk.Time.ActsAt.ShouldBe(ClockDesk.At(acts));
        desk.Harness.ShouldBalance();
    }

    private static IEnumerable<LockRule> EveryKind(ClockDesk desk)
    {
        LockRule New(TriggerType type) => EngineHarness.NewRule(desk.Account, ClockDesk.Pta, Side.Long, type) with { ProfitLockRatio = new(0.1m) };
        yield return New(TriggerType.Price) with { TriggerPrice = new Price(5502m), StopLossPrice = new Price(5498m) };
        yield return New(TriggerType.Profit) with { ProfitLockEnabled = true, ProfitLockThreshold = 200, DecayHalfLifeMinutes = 10, DecayFloor = 50 };
        yield return New(TriggerType.Trailing) with { TrailingStop = true, TrailingDistance = 2 };
        yield return New(TriggerType.Time) with { TriggerTime = TriggerTime.AtClock(new(14, 55)) };
        yield return New(TriggerType.Time) with { TriggerTime = TriggerTime.AfterHolding(20) };
    }

    private static string After(string at, int seconds) => ClockDesk.At(at).AddSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
