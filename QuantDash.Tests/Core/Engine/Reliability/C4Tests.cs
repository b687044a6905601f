using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Engine.Peers42;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Engine.Reliability;

/// <summary>RELIABILITY.md C4: a gap on open through several locks, days at the limit, auctions. Each lock fires once, at the first price that can be traded, stops
/// first and then in the order in which they were armed (DESIGN.md 6).</summary>
[Trait(Profile.Reliability, "C4")]
public sealed class C4Tests
{
    private static readonly DateTimeOffset NightOpens = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);

    [Fact]
    public void C4_OpenGapsDownThroughSeveralLocks_EachFiresOnceAtTheFirstPrice_StopsFirstInTheirOrder()
    {
        var desk = new WallDesk();
        var trailing = Share(desk, desk.Rule(ConditionKind.Trailing), 0.1m);
        var late = Share(desk, desk.Rule(ConditionKind.Stop), 0.2m, stop: 5460);
        var early = Share(desk, desk.Rule(ConditionKind.Stop), 0.3m, stop: 5490);

        desk.Now = NightOpens;
        desk.Tick(5400);
        desk.Tick(5398);
        desk.Tick(5400);

        desk.Triggers.OrderBy(trigger => trigger.TriggeredAt).ThenBy(trigger => trigger.Id).Select(trigger => trigger.ConfigId).ShouldBe([late, early, trailing], "stops first, as they were armed");
        desk.Triggers.ShouldAllBe(trigger => trigger.TriggerPrice == new Price(5400m) && trigger.Status == TriggerStatus.Executed && trigger.Children == 1);
        desk.Snapshot.Locks.Sum(held => held.Volume.Value).ShouldBe(2 + 3 + 1);
        desk.Snapshot.Locks.ShouldAllBe(held => held.LockPrice == new Price(5398m), "the bid, not the level");
        desk.Harness.ShouldBalance();
    }

    [Fact]
    public void C4_OpenGapsUpThroughALadder_ItsStagesFireTogether_Once()
    {
        var desk = new WallDesk();
        var rule = EngineHarness.NewRule(desk.Account, WallDesk.Pta, Side.Long, TriggerType.Price);
        desk.Harness.Rule(rule with { Stages = [new(5520, new(0.2m)), new(5540, new(0.2m)), new(5560, new(0.2m))] });

        desk.Now = NightOpens;
        desk.Tick(5550);
        desk.Tick(5552);

        desk.Triggers.ShouldHaveSingleItem().LockVolume.ShouldBe(new Volume(4), "the two that were passed; the third waits");
        desk.Harness.ShouldBalance();
        desk.Tick(5560);
        desk.Triggers.Count.ShouldBe(2);
        desk.Snapshot.Locks.Sum(held => held.Volume.Value).ShouldBe(6);
        desk.Harness.ShouldBalance();
    }

    /// <summary>Locked limit-down: nobody bids. The stop is decided once and waits for whoever buys; it is not fired again with every tick, nor lost.</summary>
    [Fact]
    public void C4_LimitDownDay_NobodyBuys_TheStopFiresOnceAndFillsWhenItCan()
    {
        var desk = new WallDesk();
        var stop = Share(desk, desk.Rule(ConditionKind.Stop), 1);
        desk.Now = NightOpens;
        for (var i = 0; i < 20; i++) Limit(desk, 5390, bid: null, ask: 5390);

        var waiting = desk.Triggers.ShouldHaveSingleItem();
        (waiting.ConfigId, waiting.FilledVolume, waiting.IsOpen).ShouldBe((stop, Volume.Zero, true));
        desk.Snapshot.Locks.ShouldBeEmpty();
        desk.Harness.ShouldBalance();

        for (var i = 0; i < 3; i++) Limit(desk, 5392, bid: 5392, ask: 5394);
        desk.Triggers.ShouldHaveSingleItem().Status.ShouldBe(TriggerStatus.Executed);
        desk.Snapshot.Locks.ShouldHaveSingleItem().Volume.ShouldBe(new Volume(10));
        desk.Harness.ShouldBalance();
    }

    /// <summary>Limit-up is no obstacle to a lock that sells: it fires at the limit, once, however long the price stands there.</summary>
    [Fact]
    public void C4_LimitUpDay_TheTargetFiresOnceAtTheLimit()
    {
        var desk = new WallDesk();
        desk.Rule(ConditionKind.Price);
        desk.Now = NightOpens;
        for (var i = 0; i < 20; i++) Limit(desk, 5600, bid: 5600, ask: null);

        var trigger = desk.Triggers.ShouldHaveSingleItem();
        (trigger.Status, trigger.TriggerPrice).ShouldBe((TriggerStatus.Executed, new Price(5600m)));
        desk.Snapshot.Locks.ShouldHaveSingleItem().LockPrice.ShouldBe(new Price(5600m));
        desk.Harness.ShouldBalance();
    }

    /// <summary>Prices of an auction are not for trading: of several prints none decides, and the first one after it decides for all.</summary>
    [Fact]
    public void C4_AuctionPrintsThroughSeveralLocks_DecideNothing_TheFirstTradablePriceDoes()
    {
        var desk = new WallDesk();
        var rules = new[] { Share(desk, desk.Rule(ConditionKind.Stop), 0.3m), Share(desk, desk.Rule(ConditionKind.Trailing), 0.2m) };
        desk.Now = NightOpens.AddMinutes(-2);
        desk.Tick(5400);
        desk.Tick(5402);
        desk.Triggers.ShouldBeEmpty();

        desk.Now = NightOpens;
        desk.Tick(5410);
        desk.Tick(5408);
        desk.Triggers.OrderBy(trigger => trigger.TriggeredAt).ThenBy(trigger => trigger.Id).Select(trigger => (trigger.ConfigId, trigger.TriggerPrice.Value)).ShouldBe([(rules[0], 5410m), (rules[1], 5410m)]);
        desk.Harness.ShouldBalance();
    }

    private static Guid Share(WallDesk desk, LockRule rule, decimal ratio, decimal? stop = null) =>
        desk.Harness.Rule(rule with { ProfitLockRatio = new(ratio), StopLockRatio = new(ratio), StopLossPrice = stop is { } price ? new Price(price) : rule.StopLossPrice }).Rule.Id;

    private static void Limit(WallDesk desk, double last, double? bid, double? ask)
    {
        desk.Now = desk.Now.AddSeconds(1);
        var raw = new RawTick
        {
            Timestamp = desk.Now, LastPrice = last, BidPrice = bid, BidVolume = bid is null ? null : 100, AskPrice = ask, AskVolume = ask is null ? null : 100, UpperLimit = 5600, LowerLimit = 5390,
        };
        desk.Harness.Engine.OnTick(desk.Harness.Source, WallDesk.Pta, raw, desk.Now);
        desk.Harness.Engine.OnTimer(desk.Now);
        desk.Harness.Commit();
    }
}
