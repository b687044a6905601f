using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>DESIGN.md 6.1: "an order expired unsent returns its trigger to pending, decided again after reconciliation", "never executed blindly by a job",
/// "stops chase until filled or session end", "10 tries".</summary>
public sealed class UnsentTests
{
    [Fact]
    public void ExpiredUnsent_PriceStillBeyondTheLevelButNotAsFarAsItWas_IsSent()
    {
        var desk = Unsent(5530, desk => desk.Price(5520));
        desk.Tick(5524);
        desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Executed);
        desk.Locked.ShouldBe(10);
    }

    [Fact]
    public void ExpiredUnsent_ConditionNoLongerHolds_IsCancelledAndTheRuleIsArmed()
    {
        var desk = Unsent(5530, desk => desk.Price(5520));
        desk.Tick(5518);
        (desk.Triggers.ShouldHaveSingleItem().Status, desk.State.State, desk.Locked).ShouldBe((TriggerStatus.Cancelled, ArmState.Armed, 0));
        desk.Tick(5520);
        desk.Locked.ShouldBe(10);
    }

    [Fact]
    public void ExpiredUnsent_TrailingStillBelowItsLevel_IsSent()
    {
        var desk = Unsent(5510, desk => EngineHarness.NewRule(desk.Account, PtaDesk.Pta, Side.Long, TriggerType.Trailing) with { TrailingStop = true, TrailingDistance = 20 }, 5540);
        desk.Tick(5518);
        desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Executed);
    }

    [Theory]
    [InlineData(5524, TriggerStatus.Executed)]
    [InlineData(5560, TriggerStatus.WaitingConfirm)]
    [InlineData(5518, TriggerStatus.WaitingConfirm)]
    public void ExpiredUnsent_AfterAClick_IsSentOnlyWhereTheClickStillMeansIt(double next, TriggerStatus expected)
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5520) with { AutoExecute = false });
        desk.Tick(5520);
        desk.Harness.Engine.ConfirmTrigger(desk.Triggers[0].Id, null, false, EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Kill();
        desk.Triggers[0].Status.ShouldBe(TriggerStatus.Pending);
        desk.Tick(next);
        desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(expected);
    }

    [Fact]
    public void ExpiredUnsent_AfterAPartOfItWasFilled_IsPartlyExecutedAndNeverCancelled()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5520));
        desk.Tick(5520, depth: 3);
        desk.Locked.ShouldBe(3);
        desk.Wait(TimeSpan.FromSeconds(2));
        desk.TickUncommitted(5500, depth: 0.001);
        desk.Kill();
        desk.Triggers[0].Status.ShouldBe(TriggerStatus.Pending);
        desk.Tick(5500);
        var trigger = desk.Triggers.ShouldHaveSingleItem();
        (trigger.Status, trigger.FilledVolume.Value, trigger.ErrorMessage).ShouldBe((TriggerStatus.PartiallyExecuted, 3, "部分成交: 3/10手, 未能发出期间条件已不成立"));
        desk.Tick(5520);
        desk.Locked.ShouldBe(10);
    }

    [Fact]
    public void Gain_NobodyTakesIt_FailsAfterTenOrdersAndSaysWhatIsLeft()
    {
        var desk = Chased(desk => desk.Price(5520), 5520, ticks: 12);
        var trigger = desk.Triggers.ShouldHaveSingleItem();
        (trigger.Status, trigger.Children, trigger.ErrorMessage).ShouldBe((TriggerStatus.Failed, 10, "10次报单未全部成交, 余10手"));
        desk.Harness.Snapshot.Orders.ShouldBeEmpty();
    }

    [Fact]
    public void Stop_NobodyTakesIt_IsChasedUntilTheDayEndsAndNotOnTheNext()
    {
        var desk = Chased(desk => desk.Price(5600) with { StopLossPrice = new(5480m) }, 5480, ticks: 20);
        desk.Triggers[0].Status.ShouldBe(TriggerStatus.Executing);
        desk.Triggers[0].Children.ShouldBe(21);
        desk.Wait(TimeSpan.FromHours(12));
        desk.Tick(5500);
        desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Failed);
        desk.Harness.Snapshot.Orders.ShouldBeEmpty("at 5500 the stop does not hold");
    }

    [Fact]
    public void PriceAtItsLimit_OrderRests()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5520));
        desk.Tick(5520, depth: 0.001);
        for (var i = 0; i < 12; i++)
        {
            desk.Wait(TimeSpan.FromSeconds(1));
            desk.Tick(5520, depth: 0.001);
        }
        desk.Triggers[0].Children.ShouldBe(1, "re-priced only when the price changed by a tick");
        desk.Triggers[0].Status.ShouldBe(TriggerStatus.Executing);
    }

    private static PtaDesk Unsent(double firing, Func<PtaDesk, LockRule> rule, params double[] before)
    {
        var desk = new PtaDesk(10);
        desk.Save(rule(desk));
        foreach (var price in before) desk.Tick(price);
        desk.TickUncommitted(firing);
        desk.Kill();
        desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Pending);
        return desk;
    }

    private static PtaDesk Chased(Func<PtaDesk, LockRule> rule, double firing, int ticks)
    {
        var desk = new PtaDesk(10);
        desk.Save(rule(desk));
        desk.Tick(firing, depth: 0.001);
        for (var i = 1; i <= ticks; i++)
        {
            desk.Wait(TimeSpan.FromSeconds(1));
            desk.Tick(firing - (2 * i), depth: 0.001);
        }
        return desk;
    }
}
