using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Markets;

namespace QuantDash.Tests.Core.Locking;

/// <summary>"≥" rounds up, "≤" rounds down (DESIGN.md 6.1); the contract's tick is 2.</summary>
public sealed class RuleConditionsTests
{
    [Theory]
    [InlineData(Side.Long, 5401, 2700)]
    [InlineData(Side.Short, 5401, 2701)]
    [InlineData(Side.Long, 5402, 2701)]
    [InlineData(Side.Short, 5402, 2701)]
    public void StopLevel_BetweenTicks_IsNeverNearerThanAskedFor(Side side, decimal price, long level) =>
        RuleConditions.StopLevel(Rule(side) with { StopLossPrice = new Price(price) }, MarketSamples.Contract()).ShouldBe(level);

    [Theory]
    [InlineData(Side.Long, 5401, 2701)]
    [InlineData(Side.Short, 5401, 2700)]
    [InlineData(Side.Long, 5402, 2701)]
    public void PriceLevel_BetweenTicks_IsNeverNearerThanAskedFor(Side side, decimal price, long level) =>
        RuleConditions.PriceLevel(Rule(side) with { TriggerPrice = new Price(price) }, MarketSamples.Contract()).ShouldBe(level);

    [Theory]
    [InlineData(12, 6)]
    [InlineData(11, 6)]
    [InlineData(0.5, 1)]
    public void Trailing_DistanceBetweenTicks_RoundsAway(double distance, long ticks)
    {
        var rule = Rule(Side.Long) with { TriggerType = TriggerType.Trailing, TrailingStop = true, TrailingDistance = (decimal)distance };

        RuleConditions.Trailing(rule, MarketSamples.Contract(), best: null, awake: true).ShouldNotBeNull().DistanceTicks.ShouldBe(ticks);
    }

    [Fact]
    public void Live_ConditionsAreTheNamedOneTheStopAndThoseListed()
    {
        var rule = Rule(Side.Long) with
        {
            TriggerType = TriggerType.Profit, ProfitLockEnabled = true, ProfitLockThreshold = 1, TriggerPrice = new Price(1), StopLossPrice = new Price(1), TrailingStop = true, TrailingDistance = 1,
        };

        RuleConditions.HasProfit(rule).ShouldBeTrue();
        RuleConditions.HasStop(rule).ShouldBeTrue();
        RuleConditions.HasPrice(rule).ShouldBeFalse("not named");
        RuleConditions.HasTrailing(rule).ShouldBeFalse("not named");
        RuleConditions.HasPrice(rule with { Also = [TriggerType.Price] }).ShouldBeTrue();
        RuleConditions.HasProfit(rule with { ProfitLockEnabled = false }).ShouldBeFalse("its flag is off");
    }

    private static LockRule Rule(Side side) => new()
    {
        Id = Guid.Empty,
        AccountId = default,
        Symbol = MarketSamples.Contract().Symbol,
        Direction = side,
        TriggerType = TriggerType.Price,
        CreatedAt = MarketSamples.Noon,
        UpdatedAt = MarketSamples.Noon,
    };
}
