using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using static QuantDash.Tests.Core.Markets.MarketSamples;

namespace QuantDash.Tests.Core.Markets;

/// <summary>A mark price on its way in: tick 2.</summary>
public sealed class MarkPriceGateTests
{
    private readonly TickGate _gate = new(SourceClock.Wall, TickGateOptions.Default);

    [Theory]
    [InlineData(null, 0)]
    [InlineData(0.0, 0)]
    [InlineData(double.MaxValue, 0)]
    [InlineData(5400.0, 2700)]
    [InlineData(5400.9, 2700)] // computed by the venue: it need not lie on a tick
    [InlineData(5401.1, 2701)]
    public void Examine_Mark_IsTheNearestTickOrAbsent(double? mark, long ticks)
    {
        Examine(Full(5400) with { MarkPrice = mark }, Perpetual(), out var tick).ShouldBe(new GateResult(GateVerdict.Accepted));
        tick.MarkTicks.ShouldBe(ticks);
    }

    [Theory]
    [InlineData(double.NaN, TickReject.NotANumber)]
    [InlineData(double.PositiveInfinity, TickReject.NotANumber)]
    [InlineData(-5400.0, TickReject.NotPositive)]
    [InlineData(1e308, TickReject.OutOfRange)]
    [InlineData(double.Epsilon, TickReject.OutOfRange)]
    public void Examine_MarkThatIsNoPrice_RejectsTheTick(double mark, TickReject expected) =>
        Examine(Full(5400) with { MarkPrice = mark }, Perpetual(), out _).ShouldBe(GateResult.Rejected(expected));

    [Theory]
    [InlineData(5400.0)]
    [InlineData(double.NaN)]
    public void Examine_MarkOfAFuture_IsNoPartOfTheTick(double mark)
    {
        Examine(Full(5400) with { MarkPrice = mark }, Contract(), out var tick).ShouldBe(new GateResult(GateVerdict.Accepted));
        tick.MarkTicks.ShouldBe(0);
    }

    [Fact]
    public void Examine_OnlyTheMarkMoved_IsAnotherTick()
    {
        Examine(Raw(5400) with { MarkPrice = 5400 }, Perpetual(), out _).Verdict.ShouldBe(GateVerdict.Accepted);
        Examine(Raw(5400) with { MarkPrice = 5402 }, Perpetual(), out var tick).Verdict.ShouldBe(GateVerdict.Accepted);
        tick.MarkTicks.ShouldBe(2701);
    }

    [Fact]
    public void Examine_MarkLeapsAlone_WaitsForAnAgreeingTick()
    {
        var contract = Perpetual();
        Examine(Raw(5400) with { MarkPrice = 5400 }, contract, out _);
        Examine(Raw(5402, 1) with { MarkPrice = 540 }, contract, out _).Verdict.ShouldBe(GateVerdict.Held);
        Examine(Raw(5402, 2) with { MarkPrice = 5402 }, contract, out _).ShouldBe(new GateResult(GateVerdict.Accepted, DiscardedHeld: true));

        Examine(Raw(5402, 3) with { MarkPrice = 5000 }, contract, out _).Verdict.ShouldBe(GateVerdict.Held);
        Examine(Raw(5404, 4) with { MarkPrice = 5002 }, contract, out var agreed).ShouldBe(new GateResult(GateVerdict.Accepted));
        agreed.MarkTicks.ShouldBe(2501);
    }

    [Fact]
    public void RawTickOf_AcceptedTickWithAMark_BecomesTheSameTickAgain()
    {
        Examine(Full(5400) with { MarkPrice = 5401.3 }, Perpetual(), out var tick);
        new TickGate(SourceClock.Ticks, TickGateOptions.Default).Examine(RawTick.Of(tick, 2m), Perpetual(), Noon, out var again);
        again.ShouldBe(tick);
    }

    private GateResult Examine(RawTick raw, Contract contract, out Tick tick) => _gate.Examine(raw, contract, raw.Timestamp, out tick);
}
