using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Core.Simulation;
using QuantDash.Tests.Core.Markets;

namespace QuantDash.Tests.Core.Simulation;

public sealed class SyntheticMarketTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Next_SameSeed_SameTicks()
    {
        var one = Take(DemoScenario.Seed, TimeSpan.FromMinutes(10));
        Take(DemoScenario.Seed, TimeSpan.FromMinutes(10)).ShouldBe(one);
        Take(DemoScenario.Seed + 1, TimeSpan.FromMinutes(10)).ShouldNotBe(one);
    }

    [Fact]
    public void Next_EveryContract_TicksInOrderTwoToFourTimesASecond()
    {
        var ticks = Take(1, TimeSpan.FromMinutes(5));

        ticks.Select(t => t.Tick.Timestamp).ShouldBeInOrder();
        foreach (var one in ticks.GroupBy(t => t.Symbol)) (one.Count() / 300.0).ShouldBeInRange(2, 4);
        ticks.Select(t => t.Symbol).Distinct().Count().ShouldBe(DemoScenario.Instruments.Count);
    }

    /// <summary>Across midnight in Beijing, when day volume and limits start anew.</summary>
    [Fact]
    public void Next_ManyHours_PassTheGateAndStayInsideTheLimits()
    {
        var ticks = Take(7, TimeSpan.FromHours(16));
        foreach (var instrument in DemoScenario.Instruments)
        {
            var gate = new TickGate(SourceClock.Ticks, TickGateOptions.Default);
            var contract = MarketSamples.Contract(instrument.Symbol.ToString(), instrument.PriceTick);
            RawTick? previous = null;
            foreach (var (_, raw) in ticks.Where(t => t.Symbol == instrument.Symbol))
            {
                if (gate.Examine(raw, contract, raw.Timestamp, out var tick) != new GateResult(GateVerdict.Accepted)) Assert.Fail($"Refused: {raw}");
                if (tick.BidTicks <= 0 || tick.AskTicks <= tick.BidTicks || tick.UpperLimitTicks <= 0) Assert.Fail($"No book: {raw}");
                if (previous?.PreSettlement == raw.PreSettlement && raw.Volume < previous?.Volume) Assert.Fail($"Volume fell: {raw}");
                previous = raw;
            }
        }
    }

    /// <summary>With the seed of the demo and with many others, so that a change of the noise does not break it by luck.</summary>
    [Fact]
    public void DemoScenario_AnySeed_GivesEveryRuleItsTurnWithinThreeMinutes()
    {
        foreach (var seed in Enumerable.Range(0, 100).Select(i => DemoScenario.Seed + (ulong)i))
        {
            var ticks = Take(seed, DemoScenario.Length);
            var because = $"seed {seed}";

            // Positions may be opened at the entry price or a few ticks worse, by order: the levels are reached either way.
            var profit = First(ticks, DemoScenario.Pta, p => p >= 5710);
            var stop = First(ticks, DemoScenario.Pta, p => p <= 5400);
            var price = First(ticks, DemoScenario.Pvc, p => p <= 2800);
            var highWater = double.MinValue;
            var trailing = First(ticks, DemoScenario.Gold, p => p <= (highWater = Math.Max(highWater, p)) - 1.6);

            profit.ShouldBeInRange(20, 70, because);
            price.ShouldBeInRange(60, 110, because);
            trailing.ShouldBeInRange(90, 140, because);
            stop.ShouldBeInRange(profit + 45, 165, because);
        }
    }

    [Fact]
    public void DemoScenario_WaitingPriceTrigger_StaysConfirmable()
    {
        var later = Take(DemoScenario.Seed, TimeSpan.FromMinutes(5)).Where(t => t.Symbol == DemoScenario.Pvc && t.Tick.Timestamp > Start.AddSeconds(100));
        later.ShouldAllBe(t => t.Tick.LastPrice >= 2788 && t.Tick.LastPrice <= 2800);
    }

    [Fact]
    public void DemoScenario_Rules_AreThoseOfSeed000AndOneTrailing()
    {
        var rules = DemoScenario.Rules(new AccountId(Guid.Empty), () => Guid.Empty, Start);

        rules.Select(r => (r.Symbol.ToString(), r.ProfitLockThreshold, r.ProfitLockRatio.Value, r.TriggerPrice?.Value, r.StopLossPrice?.Value, r.AutoExecute)).ShouldBe(
        [
            ("CZCE.TA2505", 10_000m, 0.8m, null, null, true),
            ("DCE.v2505", null, 1m, 2800m, null, false),
            ("CZCE.TA2505", null, 1m, null, 5400m, true),
            ("SHFE.au2509", null, 1m, null, null, true),
        ]);
    }

    private static double First(List<(Symbol Symbol, RawTick Tick)> ticks, Symbol symbol, Func<double, bool> holds) =>
        (ticks.First(t => t.Symbol == symbol && holds(t.Tick.LastPrice)).Tick.Timestamp - Start).TotalSeconds;

    private static List<(Symbol Symbol, RawTick Tick)> Take(ulong seed, TimeSpan span)
    {
        var market = new SyntheticMarket(DemoScenario.Instruments, Start, seed);
        var ticks = new List<(Symbol, RawTick)>();
        while (market.NextAt < Start + span) ticks.Add(market.Next());
        return ticks;
    }
}
