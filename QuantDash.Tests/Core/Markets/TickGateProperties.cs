using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using static QuantDash.Tests.Core.Markets.MarketSamples;

namespace QuantDash.Tests.Core.Markets;

public sealed class TickGateProperties
{
    private static readonly Contract Ta = Contract();
    private static readonly double[] Poison =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, -1, 1e308, double.MaxValue, double.Epsilon, 54_000, 540, 5401, 5400.001];

    /// <summary>Walks with every field spoilt at random: whatever comes out is a real price near its neighbours, in order, inside the limits.</summary>
    [Theory]
    [InlineData(SourceClock.Wall)]
    [InlineData(SourceClock.Ticks)]
    public void Examine_SpoiltWalks_LetNothingBadThrough(SourceClock clock)
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var gate = new TickGate(clock, TickGateOptions.Default);
            var accepted = new List<Tick>();
            var price = 5400.0;
            for (var i = 0; i < 500; i++)
            {
                price += 2 * random.Next(-3, 4);
                var raw = Spoil(Full(price, i * 0.5) with { UpperLimit = price + 400, LowerLimit = price - 400 }, random);
                if (gate.Examine(raw, Ta, Noon.AddSeconds(i * 0.5), out var tick).Accepted) accepted.Add(tick);
            }

            accepted.Count.ShouldBeGreaterThan(100, $"seed {seed}");
            for (var i = 0; i < accepted.Count; i++) ShouldBeReal(accepted[i], i == 0 ? accepted[0] : accepted[i - 1], seed);
        }
    }

    /// <summary>What files keep of a tick is enough to get the same tick through the gate again.</summary>
    [Fact]
    public void RawTickOf_AcceptedTick_BecomesTheSameTickAgain()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var raw = Full(5002 + (2 * random.Next(399)));
            if (random.Next(3) == 0) raw = raw with { BidVolume = null };
            if (random.Next(3) == 0) raw = raw with { AskPrice = double.MaxValue };
            if (random.Next(3) == 0) raw = raw with { UpperLimit = null, OpenPrice = 0 };
            if (random.Next(3) == 0) raw = raw with { Volume = random.Next(1_000_000) / 1000.0 };
            Accept(raw, out var tick);
            Accept(RawTick.Of(tick, 2m), out var again);
            again.ShouldBe(tick);
        }

        static void Accept(RawTick raw, out Tick tick) =>
            new TickGate(SourceClock.Ticks, TickGateOptions.Default).Examine(raw, Ta, Noon, out tick).Accepted.ShouldBeTrue();
    }

    private static void ShouldBeReal(Tick tick, Tick previous, int seed)
    {
        var because = $"seed {seed}: {tick}";
        tick.LastTicks.ShouldBeInRange(2000, 3500, because);
        tick.OccurredAt.ShouldBeInRange(previous.OccurredAt, Noon.AddSeconds(252), because);
        if (tick.BidTicks != 0 && tick.AskTicks != 0) tick.BidTicks.ShouldBeLessThanOrEqualTo(tick.AskTicks, because);
        if (tick.UpperLimitTicks != 0) tick.LastTicks.ShouldBeLessThanOrEqualTo(tick.UpperLimitTicks, because);
        tick.LastTicks.ShouldBeGreaterThanOrEqualTo(tick.LowerLimitTicks, because);
        Math.Min(tick.DayVolume, Math.Min(tick.BidVolume, Math.Min(tick.AskVolume, tick.OpenInterest))).ShouldBeGreaterThanOrEqualTo(0, because);
    }

    private static RawTick Spoil(RawTick raw, Random random)
    {
        if (random.Next(3) != 0) return raw;
        var bad = Poison[random.Next(Poison.Length)];
        return random.Next(12) switch
        {
            0 or 1 => raw with { LastPrice = bad },
            2 => raw with { BidPrice = bad },
            3 => raw with { AskPrice = bad },
            4 => raw with { BidVolume = bad },
            5 => raw with { AskVolume = bad },
            6 => raw with { Volume = bad },
            7 => raw with { OpenInterest = bad },
            8 => raw with { UpperLimit = bad },
            9 => raw with { LowerLimit = bad },
            10 => raw with { Timestamp = raw.Timestamp.AddSeconds(random.Next(-86_400, -1)) },
            _ => raw with { Timestamp = random.Next(2) == 0 ? DateTimeOffset.UnixEpoch : DateTimeOffset.MaxValue },
        };
    }
}
