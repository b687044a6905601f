using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using static QuantDash.Tests.Core.Markets.MarketSamples;

namespace QuantDash.Tests.Core.Markets;

public sealed class TickGateSpikeTests
{
    private static readonly Contract Ta = Contract();
    private readonly TickGate _gate = new(SourceClock.Wall, TickGateOptions.Default);

    public TickGateSpikeTests() => Examine(Raw(5000), out _);

    [Theory]
    [InlineData(5250, GateVerdict.Accepted)] // 5 % exactly
    [InlineData(5252, GateVerdict.Held)]
    [InlineData(4750, GateVerdict.Accepted)]
    [InlineData(4748, GateVerdict.Held)]
    [InlineData(50_000, GateVerdict.Held)]
    public void Examine_Move_IsHeldOnlyOverTheSpikeRatio(double price, GateVerdict expected) =>
        Examine(Raw(price, 1), out _).Verdict.ShouldBe(expected);

    [Fact]
    public void Examine_AgreeingTick_DecidesAtItsOwnPrice()
    {
        Examine(Raw(6000, 1), out _).Verdict.ShouldBe(GateVerdict.Held);
        _gate.Held!.Value.LastTicks.ShouldBe(3000);

        Examine(Raw(5990, 2), out var tick).ShouldBe(new GateResult(GateVerdict.Accepted));

        tick.LastTicks.ShouldBe(2995);
        _gate.Held.ShouldBeNull();
    }

    [Fact]
    public void Examine_TickBackAtTheOldPrice_DiscardsTheSpike()
    {
        Examine(Raw(50_000, 1), out _);

        Examine(Raw(5002, 2), out _).ShouldBe(new GateResult(GateVerdict.Accepted, DiscardedHeld: true));

        _gate.Held.ShouldBeNull();
    }

    [Fact]
    public void Examine_SecondDifferentSpike_ReplacesTheFirst()
    {
        Examine(Raw(50_000, 1), out _);

        Examine(Raw(500, 2), out _).ShouldBe(new GateResult(GateVerdict.Held, DiscardedHeld: true));

        _gate.Held!.Value.LastTicks.ShouldBe(250);
    }

    [Fact]
    public void Examine_SpikeRepeated_IsADuplicateAndNoSecondWitness()
    {
        Examine(Raw(50_000, 1), out _);
        Examine(Raw(50_000, 1), out _).ShouldBe(GateResult.Rejected(TickReject.Duplicate));
        _gate.Last!.Value.LastTicks.ShouldBe(2500);
    }

    [Fact]
    public void Examine_BadTickWhileHolding_NeitherConfirmsNorDiscards()
    {
        Examine(Raw(50_000, 1), out _);
        Examine(Raw(double.NaN, 2), out _).Reject.ShouldBe(TickReject.NotANumber);
        _gate.Held!.Value.LastTicks.ShouldBe(25_000);
    }

    [Fact]
    public void Examine_SideThatLeapsAlone_IsHeld()
    {
        Examine(Raw(5000, 1) with { BidPrice = 4998, AskPrice = 5002 }, out _).Accepted.ShouldBeTrue();
        Examine(Raw(5000, 2) with { BidPrice = 49_980 }, out _).Verdict.ShouldBe(GateVerdict.Held);
        Examine(Raw(5000, 3) with { BidPrice = 4998, AskPrice = 5002 }, out _).DiscardedHeld.ShouldBeTrue();
    }

    [Fact]
    public void Examine_FarSideThatStaysThere_IsAThinMarketAndAccepted()
    {
        Examine(Raw(5000, 1) with { BidPrice = 4000 }, out _).Verdict.ShouldBe(GateVerdict.Held);
        Examine(Raw(5000, 2) with { BidPrice = 4002 }, out _).ShouldBe(new GateResult(GateVerdict.Accepted));
        Examine(Raw(5000, 3) with { BidPrice = 4002 }, out _).ShouldBe(new GateResult(GateVerdict.Accepted));
    }

    [Fact]
    public void ReleaseHeld_NothingContradictedForTwoSeconds_AcceptsTheHeldTick()
    {
        Examine(Raw(6000, 1), out _);
        _gate.ReleaseAt.ShouldBe(Noon.AddSeconds(3));

        _gate.ReleaseHeld(Noon.AddSeconds(2.999), out _).ShouldBeFalse();
        _gate.ReleaseHeld(Noon.AddSeconds(3), out var tick).ShouldBeTrue();

        tick.LastTicks.ShouldBe(3000);
        _gate.Last.ShouldBe(tick);
        _gate.ReleaseHeld(Noon.AddSeconds(9), out _).ShouldBeFalse();
    }

    [Fact]
    public void ReleaseHeld_TicksAreTheClock_NeverByTimer()
    {
        var gate = new TickGate(SourceClock.Ticks, TickGateOptions.Default);
        gate.Examine(Raw(5000), Ta, Noon, out _);
        gate.Examine(Raw(6000, 1), Ta, Noon, out _).Verdict.ShouldBe(GateVerdict.Held);

        gate.ReleaseAt.ShouldBeNull();
        gate.ReleaseHeld(Noon.AddDays(1), out _).ShouldBeFalse();
    }

    [Fact]
    public void Examine_RealMoveOfTwentyPercent_GetsThrough()
    {
        // In one leap, seen twice, and in a run of steps below the ratio.
        Examine(Raw(6000, 1), out _);
        Examine(Raw(6000, 2), out var leap).Accepted.ShouldBeTrue();
        leap.LastTicks.ShouldBe(3000);

        for (var price = 6000; price >= 4800; price -= 100)
        {
            Examine(Raw(price, 3 + ((6000 - price) / 100)), out _).Accepted.ShouldBeTrue();
        }
    }

    private GateResult Examine(in RawTick raw, out Tick tick) => _gate.Examine(raw, Ta, raw.Timestamp, out tick);
}
