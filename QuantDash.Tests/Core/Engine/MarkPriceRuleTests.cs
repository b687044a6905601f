using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Engine;

/// <summary>Rules that decide by the venue's mark price: a perpetual (tick 0.1), 2 coins of each leg at 60,000.</summary>
public sealed class MarkPriceRuleTests
{
    private static readonly Symbol Btc = Symbol.ParseCanonical("BINANCE.BTCUSDT");
    private readonly EngineHarness _harness = new();
    private readonly AccountId _account;
    private DateTimeOffset _clock = EngineHarness.Wall;

    public MarkPriceRuleTests()
    {
        _account = _harness.Account(10_000_000m, currency: Currency.Usdt);
        _harness.Hold(_account, Btc, longVolume: 2, longPrice: 60_000, shortVolume: 1, shortPrice: 60_000);
    }

    /// <summary>What each price source sees of one tick: last 60,000, bid 59,999, ask 60,001, and the mark beside it. Target and stop lie 50 away;
    /// <paramref name="markOff"/> and <paramref name="seen"/> are price ticks of 0.1.</summary>
    [Theory]
    [InlineData(Side.Long, PriceSource.Last, 0, false, 600_000)]
    [InlineData(Side.Long, PriceSource.BidAsk, 0, false, 599_990)]
    [InlineData(Side.Long, PriceSource.Mark, 1000, true, 601_000)]
    [InlineData(Side.Long, PriceSource.Mark, -1000, true, 599_000)]
    [InlineData(Side.Long, PriceSource.Mark, 499, false, 600_499)]
    [InlineData(Side.Short, PriceSource.Last, 0, false, 600_000)]
    [InlineData(Side.Short, PriceSource.BidAsk, 0, false, 600_010)]
    [InlineData(Side.Short, PriceSource.Mark, 1000, true, 601_000)]
    [InlineData(Side.Short, PriceSource.Mark, -1000, true, 599_000)]
    [InlineData(Side.Short, PriceSource.Mark, -499, false, 599_501)]
    public void Tick_EachSideAndSource_DecidesByItsPrice(Side side, PriceSource source, int markOff, bool fires, int seen)
    {
        var sign = side.Sign();
        Save(side, TriggerType.Price, rule => rule with { TriggerPrice = new(60_000m + (50 * sign)), StopLossPrice = new(60_000m - (50 * sign)), PriceSource = source });
        Tick(60_000, 60_000 + (markOff / 10.0));
        var price = seen / 10m;
        if (fires) Trigger.TriggerPrice.ShouldBe(new(price));
        else Condition(ConditionKind.Price).ShouldSatisfyAllConditions(c => c.Why.ShouldBeNull(), c => c.Now.ShouldBe(price));
        _harness.Snapshot.Triggers.Count.ShouldBe(fires ? 1 : 0);
    }

    [Fact]
    public void Profit_IsCountedAtTheMark()
    {
        Save(Side.Long, TriggerType.Profit, rule => rule with { ProfitLockEnabled = true, ProfitLockThreshold = 100, Opposite = OppositeLeg.Independent });
        Tick(60_200, 60_000);
        Condition(ConditionKind.Profit).Now.ShouldBe(0m);
        Tick(60_000, 60_050);
        (Trigger.TriggerProfit, Trigger.TriggerPrice).ShouldBe((100m, new(60_050m)));
    }

    [Fact]
    public void Trailing_FollowsTheMarkAndNothingElse()
    {
        Save(Side.Long, TriggerType.Trailing, rule => rule with { TrailingStop = true, TrailingDistance = 20 });
        foreach (var (last, mark) in new[] { (60_000.0, 60_000.0), (60_500, 60_010), (59_000, 59_990.1) }) Tick(last, mark);
        _harness.Snapshot.Triggers.ShouldBeEmpty();
        Condition(ConditionKind.Trailing).HighWater.ShouldBe(new(60_010m));
        Tick(60_100, null);
        Tick(60_500, 59_990);
        Trigger.TriggerCondition.ShouldBe("移动止损: 59990 <= 59990, 最高 60010");
    }

    [Fact]
    public void Ladder_StagesAreReachedByTheMark()
    {
        Save(Side.Long, TriggerType.Price, rule => rule with { Stages = [new(60_010, new(0.25m)), new(60_020, new(0.25m))], Opposite = OppositeLeg.Independent });
        Tick(60_030, 60_009);
        _harness.Snapshot.Triggers.ShouldBeEmpty();
        Tick(60_000, 60_011);
        Tick(60_000, 60_025);
        _harness.Snapshot.Triggers.Select(trigger => (trigger.Stage, trigger.LockVolume.Value)).ShouldBe([(1, 0.5m), (2, 0.5m)], ignoreOrder: true);
    }

    [Fact]
    public void Stop_NoMarkYet_WaitsForTheFirst()
    {
        Save(Side.Long, TriggerType.Price, rule => rule with { StopLossPrice = new(59_900m) });
        Tick(58_000, null);
        _harness.Snapshot.Triggers.ShouldBeEmpty();
        Condition(ConditionKind.Stop).ShouldSatisfyAllConditions(c => c.Why.ShouldBe("waiting_for_mark"), c => c.Now.ShouldBeNull(), c => c.DistanceTicks.ShouldBeNull());
        Tick(58_000, 59_900);
        Trigger.TriggerPrice.ShouldBe(new(59_900m));
    }

    [Fact]
    public void Mark_NotInEveryTick_CountsForTenSeconds()
    {
        Save(Side.Long, TriggerType.Price, rule => rule with { StopLossPrice = new(59_900m) });
        Tick(60_000, 60_000);
        _clock = _clock.AddSeconds(9);
        Tick(60_001, null);
        Condition(ConditionKind.Stop).ShouldSatisfyAllConditions(c => c.Why.ShouldBeNull(), c => c.Now.ShouldBe(60_000m), c => c.DistanceTicks.ShouldBe(1000));
        _clock = _clock.AddSeconds(1);
        Tick(60_002, null);
        Condition(ConditionKind.Stop).ShouldSatisfyAllConditions(c => c.Why.ShouldBe("mark_stale"), c => c.Now.ShouldBeNull());
        Tick(60_002, 59_899.9);
        Trigger.Condition.ShouldBe(ConditionKind.Stop);
    }

    /// <summary>A lone wrong mark fires nothing and moves no high-water; two that agree do.</summary>
    [Fact]
    public void Mark_LeapsAlone_NeedsASecondTick()
    {
        Save(Side.Long, TriggerType.Trailing, rule => rule with { TrailingStop = true, TrailingDistance = 20, StopLossPrice = new(50_000m) });
        Tick(60_000, 60_000);
        Tick(60_000, 6000);
        Tick(60_000, 60_000);
        _harness.Snapshot.Triggers.ShouldBeEmpty();
        Condition(ConditionKind.Trailing).HighWater.ShouldBe(new(60_000m));
        Tick(60_000, 48_000);
        Tick(60_000, 48_001);
        (Trigger.Condition, Trigger.TriggerPrice).ShouldBe((ConditionKind.Stop, new(48_001m)));
    }

    /// <summary>Ticks without a mark lie between two that agree.</summary>
    [Fact]
    public void ConfirmTicks_CountMarks()
    {
        Save(Side.Long, TriggerType.Price, rule => rule with { StopLossPrice = new(59_900m), ConfirmTicks = 2 });
        Tick(60_000, 59_900);
        Tick(60_000, null);
        _harness.Snapshot.Triggers.ShouldBeEmpty();
        Tick(60_000, 59_899);
        Trigger.TriggerPrice.ShouldBe(new(59_899m));
    }

    [Fact]
    public void Decline_RuleFiresAgainOnlyAfterTheMarkWasBack()
    {
        Save(Side.Long, TriggerType.Price, rule => rule with { StopLossPrice = new(59_900m), AutoExecute = false });
        Tick(60_000, 59_890);
        _harness.Engine.CancelTrigger(Trigger.Id, _clock).Problems.ShouldBeEmpty();
        Tick(60_000, null);
        Tick(60_000, 59_880);
        _harness.Snapshot.Triggers.ShouldHaveSingleItem();
        Tick(60_000, 59_910);
        Tick(60_000, 59_880);
        _harness.Snapshot.Triggers.Count.ShouldBe(2);
    }

    [Fact]
    public void Save_HoldsAtTheMark_SaysThatItFiresNow()
    {
        Tick(60_000, 60_100);
        Saved(PriceSource.Mark).FiresNow.ShouldBeTrue();
        Saved(PriceSource.Last).FiresNow.ShouldBeFalse();
        RuleSaved Saved(PriceSource source) =>
            _harness.Rule(EngineHarness.NewRule(_account, Btc, Side.Long, TriggerType.Price) with { TriggerPrice = new(60_050m), PriceSource = source, AutoExecute = false });
    }

    /// <summary>The books stay at the last price, which is what the simulated venue charges by: only rules hear the mark.</summary>
    [Fact]
    public void Ledger_FloatingPnlAndMargin_StayAtTheLastPrice()
    {
        Tick(60_100, 61_000);
        _harness.Snapshot.Accounts[0].Positions[0].Long.FloatingPnl.ShouldBe(200m);
    }

    private LockTrigger Trigger => _harness.Snapshot.Triggers.ShouldHaveSingleItem();

    private ConditionView Condition(ConditionKind kind) => _harness.Snapshot.Rules.ShouldHaveSingleItem().Conditions.Single(condition => condition.Kind == kind);

    private void Save(Side side, TriggerType type, Func<LockRule, LockRule> with) =>
        _harness.Rule(with(EngineHarness.NewRule(_account, Btc, side, type) with { PriceSource = PriceSource.Mark, Opposite = OppositeLeg.Independent }));

    private void Tick(double last, double? mark)
    {
        _clock = _clock.AddSeconds(0.5);
        _harness.Tick(Btc, new RawTick { Timestamp = _clock, LastPrice = last, BidPrice = last - 1, BidVolume = 100, AskPrice = last + 1, AskVolume = 100, MarkPrice = mark }).ShouldBe(TickReject.None);
    }
}
