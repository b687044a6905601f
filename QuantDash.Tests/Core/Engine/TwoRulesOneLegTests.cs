using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Several rules want the same lots on one tick: one takes them, the others fail and say what they would have needed.</summary>
public sealed class TwoRulesOneLegTests
{
    private static readonly Symbol Ta = Symbol.ParseCanonical("CZCE.TA2505");
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void StopAndTrailing_FiringOnOneTick_LockTheLegOnceAndTheLoserNamesItsVolume()
    {
        var desk = new EngineHarness();
        var account = desk.Account();
        desk.Tick(Ta, Start, 5400);
        desk.Hold(account, Ta, longVolume: 10, longPrice: 5400);
        desk.Rule(EngineHarness.NewRule(account, Ta, Side.Long, TriggerType.Price) with { StopLossPrice = new Price(5300) });
        desk.Rule(EngineHarness.NewRule(account, Ta, Side.Long, TriggerType.Trailing) with { TrailingStop = true, TrailingDistance = 50 });

        desk.Tick(Ta, Start.AddSeconds(1), 5290, bid: 5288, ask: 5292);
        desk.Tick(Ta, Start.AddSeconds(2), 5290, bid: 5288, ask: 5292);

        var triggers = desk.Snapshot.Triggers;
        triggers.Where(trigger => trigger.Status == TriggerStatus.Executed).ShouldHaveSingleItem().FilledVolume.Value.ShouldBe(10);
        var loser = triggers.Where(trigger => trigger.Status == TriggerStatus.Failed).ShouldHaveSingleItem();
        (loser.LockVolume.Value, loser.ErrorMessage).ShouldBe((10, "持仓不足: 当前long仓: 10手, 需要锁定: 10手 (可锁: 0手)"));
    }
}
