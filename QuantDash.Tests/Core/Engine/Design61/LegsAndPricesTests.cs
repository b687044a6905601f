using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine.Design61;

/// <summary>Sentences of DESIGN.md 6.1 on legs, prices and high-waters that no other test is about; which sentence has which test: design-6-1.md.</summary>
public sealed class LegsAndPricesTests
{
    [Fact]
    public void LotsOfALock_AreNoSourceForOtherRulesAndOutsideTheirProfit()
    {
        var desk = new PtaDesk(10);
        LockByHand(desk, 8);
        desk.Save(Profit(desk, 1000));
        desk.Tick(5598);
        desk.Triggers.ShouldBeEmpty("2 free lots are 980 up");
        desk.Tick(5600);
        (desk.Triggers.ShouldHaveSingleItem().TriggerProfit, desk.Locked).ShouldBe((1000, 10));
    }

    [Fact]
    public void Share_IsOfTheWholeLegLockedPartIncluded_CappedByWhatIsLockable()
    {
        var desk = new PtaDesk(10);
        LockByHand(desk, 4);
        desk.Save(desk.Price(5510) with { ProfitLockRatio = new(0.8m) });
        desk.Tick(5510);
        desk.Triggers.ShouldHaveSingleItem().LockVolume.Value.ShouldBe(6);
        desk.Locked.ShouldBe(10);
    }

    [Fact]
    public void Lots_AreBoundOldestFirst_AndTheFrozenProfitIsTheirs()
    {
        var desk = new PtaDesk(4, 5400);
        desk.Tick(5500);
        desk.Harness.Engine.PlaceOrder(new(desk.Account, PtaDesk.Pta, OrderPurpose.Open, Side.Long, new(6), OrderType.Market, null), EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
        desk.Save(desk.Price(5510) with { ProfitLockRatio = new(0.5m) });
        desk.Tick(5510);
        var held = desk.Harness.Snapshot.Locks.ShouldHaveSingleItem();
        held.Bindings.Where(bound => bound.Side == Side.Long).Select(bound => bound.Volume.Value).ShouldBe([4, 1]);
        held.FrozenProfit.ShouldBe((((5508 - 5400) * 4) + (5508 - 5502)) * 5);
        desk.Tick(5600);
        desk.Harness.Snapshot.Locks[0].FrozenProfit.ShouldBe(held.FrozenProfit);
    }

    [Fact]
    public void TicksOfAnotherSource_AreNotHeard()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510));
        var other = new SourceName("other");
        desk.Harness.Engine.CreateSource(new() { Name = other, Clock = SourceClock.Ticks, CreatedAt = EngineHarness.Wall }).Succeeded.ShouldBeTrue();
        var at = new DateTimeOffset(2026, 11, 20, 1, 31, 0, TimeSpan.Zero);
        desk.Harness.Engine.OnTick(other, PtaDesk.Pta, new() { Timestamp = at, LastPrice = 5600, BidPrice = 5598, BidVolume = 10, AskPrice = 5602, AskVolume = 10 }, at).ShouldBe(TickReject.None);
        desk.Harness.Commit();
        desk.Triggers.ShouldBeEmpty();
        desk.Tick(5510);
        desk.Triggers.ShouldHaveSingleItem().TriggerPrice.Value.ShouldBe(5510);
    }

    [Fact]
    public void HeldTick_MovesNoHighWater()
    {
        var desk = new PtaDesk(10);
        desk.Save(Trailing(desk, 20));
        desk.Tick(5510);
        desk.Spike(6100);
        desk.Tick(5508);
        desk.Harness.Snapshot.Rules[0].Conditions.Single(condition => condition.Kind == ConditionKind.Trailing).HighWater!.Value.Value.ShouldBe(5510);
        desk.Tick(5492);
        desk.Triggers.ShouldBeEmpty();
        desk.Tick(5490);
        desk.Triggers.ShouldHaveSingleItem();
    }

    [Fact]
    public void HighWater_StartsWithTheLastPriceAtArming()
    {
        var desk = new PtaDesk(10);
        desk.Tick(5540);
        desk.Save(Trailing(desk, 20));
        desk.Tick(5520);
        desk.Triggers.ShouldHaveSingleItem().TriggerCondition.ShouldBe("移动止损: 5520 <= 5520, 最高 5540");
    }

    [Fact]
    public void HighWater_WhatWasSeenBeforeActivation_DoesNotCount()
    {
        var desk = new PtaDesk(10);
        desk.Save(Trailing(desk, 20) with { TrailingActivation = new(5530m) });
        foreach (var price in new[] { 5520, 5500, 5530, 5512 }) desk.Tick(price);
        desk.Triggers.ShouldBeEmpty();
        desk.Tick(5510);
        desk.Triggers.ShouldHaveSingleItem().TriggerCondition.ShouldBe("移动止损: 5510 <= 5510, 最高 5530");
    }

    [Fact]
    public void HighWater_LegWentFlat_StartsAnewWithTheNextLeg()
    {
        var desk = new PtaDesk(10);
        desk.Save(Trailing(desk, 20));
        desk.Tick(5560);
        desk.Harness.Hold(desk.Account, PtaDesk.Pta);
        desk.Tick(5542);
        desk.Harness.Hold(desk.Account, PtaDesk.Pta, longVolume: 10, longPrice: 5542);
        desk.Tick(5536);
        desk.Triggers.ShouldBeEmpty("20 below 5560, but not below 5542");
        desk.Tick(5522);
        desk.Triggers.ShouldHaveSingleItem();
    }

    [Fact]
    public void HighWater_FollowsThePriceSource()
    {
        var desk = new PtaDesk(10);
        desk.Save(Trailing(desk, 20) with { PriceSource = PriceSource.BidAsk });
        desk.Tick(5540);
        desk.Tick(5520);
        desk.Triggers.ShouldHaveSingleItem().TriggerCondition.ShouldBe("移动止损: 5518 <= 5518, 最高 5538");
    }

    [Fact]
    public void TrailingStop_RuleSavedAgainWithAnotherDistance_KeepsItsHighWater()
    {
        var desk = new PtaDesk(10);
        var rule = desk.Save(Trailing(desk, 40));
        desk.Tick(5560);
        desk.Tick(5530);
        desk.Save(rule with { TrailingDistance = 30 });
        desk.Tick(5530);
        desk.Triggers.ShouldHaveSingleItem().TriggerCondition.ShouldBe("移动止损: 5530 <= 5530, 最高 5560");
    }

    [Fact]
    public void UnknownOpenPrice_NeverEvaluatesProfit()
    {
        var desk = new PtaDesk(10);
        desk.Save(Profit(desk, 1000));
        var told = new QuantDash.Core.Positions.PositionSnapshot
        {
            AccountId = desk.Account,
            Positions = [new() { Symbol = PtaDesk.Pta, LongVolume = new(12), LongToday = new(12), LongAveragePrice = null, ShortVolume = Volume.Zero }],
        };
        desk.Harness.Engine.ApplySnapshot(told, EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
        desk.Tick(5700);
        desk.Triggers.ShouldBeEmpty();
        desk.Harness.Snapshot.Rules[0].Conditions.Single(condition => condition.Kind == ConditionKind.Profit).Why.ShouldBe("open_price_unknown");
    }

    [Fact]
    public void Defaults_AreFiveTicksOneSecondTenTriesTenMinutes()
    {
        var rule = new PtaDesk(1).Price(5510);
        (rule.ProtectTicks, rule.ConfirmTimeout, rule.ConfirmTimeoutAction, rule.ConfirmTicks).ShouldBe((5, TimeSpan.FromMinutes(10), ConfirmTimeoutAction.Skip, 1));
        var options = new EngineOptions();
        (options.ChaseInterval, options.ChaseTries, options.ExecuteWithin).ShouldBe((TimeSpan.FromSeconds(1), 10, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Confirm_WaitsTenMinutesButNotBeyondTheSession()
    {
        var desk = new PtaDesk(10);
        desk.Save(desk.Price(5510) with { AutoExecute = false });
        desk.Wait(TimeSpan.FromMinutes(20));
        desk.Tick(5510);
        var first = desk.Triggers.ShouldHaveSingleItem();
        (first.ConfirmBy - first.TriggeredAt).ShouldBe(TimeSpan.FromMinutes(10));

        var late = new PtaDesk(10);
        late.Save(late.Price(5510) with { AutoExecute = false });
        late.Wait(TimeSpan.FromMinutes(40));
        late.Tick(5510);
        late.Triggers.ShouldHaveSingleItem().ConfirmBy.ShouldBe(new DateTimeOffset(2026, 11, 20, 2, 15, 0, TimeSpan.Zero));
    }

    [Fact]
    public void FailedTrigger_Cancelled_IsWatchedAgainAndFiresAtTheNextTickThatHolds()
    {
        var harness = new EngineHarness();
        var account = harness.Account(40_000m);
        var at = new DateTimeOffset(2026, 11, 20, 1, 30, 0, TimeSpan.Zero);
        void Tick(double price)
        {
            at = at.AddSeconds(1);
            harness.Tick(PtaDesk.Pta, at, price, price - 2, price + 2).ShouldBe(TickReject.None);
        }

        Tick(5500);
        harness.Hold(account, PtaDesk.Pta, longVolume: 10, longPrice: 5500);
        harness.Rule(EngineHarness.NewRule(account, PtaDesk.Pta, Side.Long, TriggerType.Price) with { TriggerPrice = new(5510m) });
        Tick(5510);
        var failed = harness.Snapshot.Triggers.ShouldHaveSingleItem();
        (failed.Status, failed.ErrorMessage).ShouldBe((TriggerStatus.Failed, "报单被拒: 10手 @ 5498: 资金不足"));
        Tick(5512);
        harness.Snapshot.Triggers.Count.ShouldBe(1, "a failed one is not tried again by itself");
        harness.Engine.CancelTrigger(failed.Id, EngineHarness.Wall).Succeeded.ShouldBeTrue();
        harness.Commit();
        harness.Snapshot.Rules[0].State.State.ShouldBe(ArmState.Armed);
        Tick(5508);
        Tick(5512);
        harness.Snapshot.Triggers.Count.ShouldBe(2);
    }

    private static void LockByHand(PtaDesk desk, decimal volume)
    {
        desk.Harness.Engine.PlaceOrder(new(desk.Account, PtaDesk.Pta, OrderPurpose.Lock, Side.Long, new(volume), OrderType.Market, null), EngineHarness.Wall).Problems.ShouldBeEmpty();
        desk.Harness.Commit();
    }

    private static LockRule Profit(PtaDesk desk, decimal threshold) =>
        EngineHarness.NewRule(desk.Account, PtaDesk.Pta, Side.Long, TriggerType.Profit) with { ProfitLockEnabled = true, ProfitLockThreshold = threshold };

    private static LockRule Trailing(PtaDesk desk, decimal distance) =>
        EngineHarness.NewRule(desk.Account, PtaDesk.Pta, Side.Long, TriggerType.Trailing) with { TrailingStop = true, TrailingDistance = distance };
}
