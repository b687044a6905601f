using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Core.Markets;

namespace QuantDash.Tests.Core.Locking;

public sealed class LegFactsTests
{
    /// <summary>Seed 000: 10 lots of TA at 5400 × 5 per point; 10,000 of profit is 200 points.</summary>
    [Theory]
    [InlineData(Side.Long, 5400, 5600)]
    [InlineData(Side.Short, 5400, 5200)]
    public void ProfitLevel_TenLots_IsTwoHundredPointsAway(Side side, decimal open, decimal expected)
    {
        var contract = MarketSamples.Contract();
        var leg = new LegFacts(side, new Volume(10), new Volume(10), open * 10);

        contract.PriceAt(leg.ProfitLevel(10_000m, contract).ShouldNotBeNull()).Value.ShouldBe(expected);
    }

    [Fact]
    public void ProfitLevel_UnknownOpenPriceOrNothingFree_IsNull()
    {
        var contract = MarketSamples.Contract();

        new LegFacts(Side.Long, new Volume(10), new Volume(10), null).ProfitLevel(1m, contract).ShouldBeNull();
        new LegFacts(Side.Long, new Volume(10), Volume.Zero, 0m).ProfitLevel(1m, contract).ShouldBeNull();
    }

    /// <summary>At the level the floating P&amp;L has reached the threshold, one tick before it has not: whatever the lots, the tick and the multiplier.</summary>
    [Fact]
    public void ProfitLevel_RandomLegs_IsTheFirstTickThatReachesTheThreshold()
    {
        for (var seed = 1; seed <= 20_000; seed++)
        {
            var random = new Random(seed);
            var contract = MarketSamples.Contract(priceTick: Pick(random, 0.2m, 1m, 0.02m, 5m, 0.0001m, 0.3m), multiplier: Pick(random, 300m, 5m, 1m, 0.01m, 10_000m));
            var side = random.Next(2) == 0 ? Side.Long : Side.Short;
            var step = Pick(random, 1m, 0.005m, 0.001m);
            decimal volume = 0, cost = 0;
            for (var lots = random.Next(1, 6); lots > 0; lots--)
            {
                var opened = random.Next(1, 50) * step;
                volume += opened;
                cost += opened * (random.Next(1, 1_000_000) * contract.PriceTick / Pick(random, 1m, 3m, 7m));
            }
            var leg = new LegFacts(side, new Volume(volume), new Volume(volume), cost);
            var threshold = random.Next(-1000, 1_000_000) / Pick(random, 1m, 3m, 100m);

            var level = leg.ProfitLevel(threshold, contract).ShouldNotBeNull();

            leg.FloatingPnl(contract.PriceAt(level), contract).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(threshold, $"seed {seed}");
            leg.FloatingPnl(contract.PriceAt(level - side.Sign()), contract).ShouldNotBeNull().ShouldBeLessThan(threshold, $"seed {seed}");
        }
    }

    private static decimal Pick(Random random, params ReadOnlySpan<decimal> from) => from[random.Next(from.Length)];
}
