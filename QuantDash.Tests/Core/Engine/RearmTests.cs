using QuantDash.Core.Locking;

namespace QuantDash.Tests.Core.Engine;

/// <summary>DESIGN.md 6: <c>rearm</c> is once, after a cooldown, or after the condition was false again; 6.1: the ratio is a target of all firings
/// together unless <c>rearm_adds</c>.</summary>
public sealed class RearmTests
{
    [Fact]
    public void Once_AfterAFill_IsDone()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { ProfitLockRatio = new(0.4m) });
        foreach (var price in new[] { 5510, 5500, 5512 }) desk.Tick(price);
        desk.Locked.ShouldBe(4);
        desk.State.State.ShouldBe(ArmState.Done);
    }

    [Fact]
    public void AfterFalse_Adding_LocksItsShareEachTimeTheLevelIsReachedAnew()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { ProfitLockRatio = new(0.4m), Rearm = RearmMode.AfterFalse, RearmAdds = true });
        desk.Tick(5510);
        desk.State.State.ShouldBe(ArmState.WaitingForFalse);
        desk.Tick(5514);
        desk.Locked.ShouldBe(4, "it was not false in between");
        desk.Tick(5508);
        desk.State.State.ShouldBe(ArmState.Armed);
        desk.Tick(5510);
        desk.Locked.ShouldBe(8);
        desk.Tick(5508);
        desk.Tick(5510);
        desk.Locked.ShouldBe(10, "no more than is lockable");
    }

    [Fact]
    public void AfterFalse_NotAdding_NeverExceedsItsShare_AndSaysNothingTwice()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { ProfitLockRatio = new(0.4m), Rearm = RearmMode.AfterFalse });
        foreach (var price in new[] { 5510, 5500, 5512, 5500, 5514 }) desk.Tick(price);
        desk.Locked.ShouldBe(4);
        desk.Triggers.ShouldHaveSingleItem();
        desk.Harness.Journal.Changes.OfType<QuantDash.Core.Engine.JournalChange.EventAdded>().ShouldNotContain(told => told.Event.Key == "lock.nothing_to_lock");
    }

    [Fact]
    public void Cooldown_RestsForItsTime_ThenFiresAgainWhereItStillHolds()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { ProfitLockRatio = new(0.4m), Rearm = RearmMode.Cooldown, RearmCooldown = TimeSpan.FromMinutes(2), RearmAdds = true });
        desk.Tick(5510);
        desk.State.State.ShouldBe(ArmState.Cooling);
        desk.Wait(TimeSpan.FromSeconds(110));
        desk.Tick(5512);
        desk.Locked.ShouldBe(4);
        desk.Wait(TimeSpan.FromSeconds(10));
        desk.Tick(5512);
        desk.Locked.ShouldBe(8);
    }

    [Fact]
    public void Cooldown_ItsStop_IsWatchedAllTheTime()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { ProfitLockRatio = new(0.4m), Rearm = RearmMode.Cooldown, StopLossPrice = new(5490m) });
        desk.Tick(5510);
        desk.Locked.ShouldBe(4);
        desk.Tick(5490);
        desk.Locked.ShouldBe(10);
    }

    [Fact]
    public void Cooldown_ARestartInTheMiddle_RestsOn()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { ProfitLockRatio = new(0.4m), Rearm = RearmMode.Cooldown, RearmCooldown = TimeSpan.FromMinutes(2), RearmAdds = true });
        desk.Tick(5510);
        desk.Kill();
        desk.Tick(5512);
        desk.State.State.ShouldBe(ArmState.Cooling);
        desk.Locked.ShouldBe(4);
        desk.Wait(TimeSpan.FromMinutes(2));
        desk.Tick(5512);
        desk.Locked.ShouldBe(8);
    }
}
