using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Markets;

namespace QuantDash.Tests.Core.Locking;

public sealed class TriggerBoardTests
{
    private readonly TriggerBoard _board = new();
    private readonly List<Firing> _firings = [];

    [Fact]
    public void OnTick_GapThroughTheLevel_FiresOnceAtTheRealPrice()
    {
        var rule = Rule() with { StopLevel = 2700 };
        _board.Arm(rule);

        Tick(2705).ShouldBeEmpty();
        Tick(2650).ShouldHaveSingleItem().ShouldBe(new Firing(rule.RuleId, ConditionKind.Stop, 2650, 2700, 0));
        Tick(2640).ShouldBeEmpty();
        _board.IsArmed(rule.RuleId).ShouldBeFalse();
    }

    [Fact]
    public void OnTick_TrailingFallsBack_FiresWithItsHighWater()
    {
        var rule = Rule() with { Trailing = new BoardTrailing { DistanceTicks = 10 } };
        _board.Arm(rule);
        foreach (var price in (long[])[2700, 2712, 2705, 2703]) Tick(price).ShouldBeEmpty();

        Tick(2702).ShouldHaveSingleItem().ShouldBe(new Firing(rule.RuleId, ConditionKind.Trailing, 2702, 2702, 2712, 2702));
    }

    [Fact]
    public void OnTick_SeveralConditionsOnOneTick_FireStopsFirstThenInArmingOrder()
    {
        var late = Rule(sequence: 9) with { StopLevel = 2700 };
        var early = Rule(sequence: 3) with { StopLevel = 2710 };
        var shortProfit = Rule(sequence: 1) with { Side = Side.Short, ProfitLevel = 2705 };
        foreach (var rule in (BoardRule[])[shortProfit, late, early]) _board.Arm(rule);

        Tick(2600).Select(firing => firing.RuleId).ShouldBe([early.RuleId, late.RuleId, shortProfit.RuleId]);
    }

    /// <summary>A trader declined the profit; the stop of the same rule is not to sleep through a gap that comes right after.</summary>
    [Fact]
    public void OnTick_ArmedAgainAfterADeclinedProfit_StopStillSeesTheGap()
    {
        Tick(2710).ShouldBeEmpty();
        var rule = Rule() with { ProfitLevel = 2705, StopLevel = 2650, AwaitFalse = true };
        _board.Arm(rule);

        Tick(2712).ShouldBeEmpty();
        Tick(2600).ShouldHaveSingleItem().Kind.ShouldBe(ConditionKind.Stop);
    }

    [Fact]
    public void OnTick_TicksBeforeArming_AreNotSeen()
    {
        var rule = Rule() with { ArmedAt = MarketSamples.Noon.AddSeconds(10), Trailing = new BoardTrailing { DistanceTicks = 10 }, StopLevel = 2600 };
        _board.Arm(rule);

        Tick(2900).ShouldBeEmpty();
        Tick(2500).ShouldBeEmpty();
        Tick(2700, seconds: 10).ShouldBeEmpty();
        _board.BestOf(rule.RuleId).ShouldBe(2700);
    }

    /// <summary>10,000 rules of every kind around the market: ticks between the levels allocate nothing.</summary>
    [Fact]
    public void OnTick_NothingFires_AllocatesNothing()
    {
        foreach (var rule in BoardSamples.Mixed(10_000, centre: 100_000, quiet: 50)) _board.Arm(rule);
        for (var i = 0; i < 1000; i++) Tick(100_000 + (i % 40) - 20).ShouldBeEmpty();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) _board.OnTick(BoardSamples.Tick(100_000 + (i % 40) - 20), _firings);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        _firings.ShouldBeEmpty();
    }

    private List<Firing> Tick(long price, double seconds = 0)
    {
        _firings.Clear();
        _board.OnTick(BoardSamples.Tick(price, seconds), _firings);
        return _firings;
    }

    private static BoardRule Rule(long sequence = 1) => new() { RuleId = Guid.NewGuid(), Sequence = sequence, Side = Side.Long };
}
