using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using static QuantDash.Tests.Core.Markets.MarketSamples;

namespace QuantDash.Tests.Core.Markets;

public sealed class TickGateTests
{
    private static readonly Contract Ta = Contract();
    private readonly TickGate _gate = new(SourceClock.Wall, TickGateOptions.Default);

    public static TheoryData<string, TickReject> BadTicks => new()
    {
        { "NaN", TickReject.NotANumber },
        { "+Inf", TickReject.NotANumber },
        { "-Inf", TickReject.NotANumber },
        { "NaN bid", TickReject.NotANumber },
        { "Inf ask", TickReject.NotANumber },
        { "NaN bid volume", TickReject.NotANumber },
        { "NaN limit", TickReject.NotANumber },
        { "-Inf limit", TickReject.NotANumber },
        { "NaN open", TickReject.NotANumber },
        { "Inf volume", TickReject.NotANumber },
        { "zero", TickReject.NotPositive },
        { "minus zero", TickReject.NotPositive },
        { "negative", TickReject.NotPositive },
        { "negative bid", TickReject.NotPositive },
        { "1e308", TickReject.OutOfRange },
        { "DBL_MAX", TickReject.OutOfRange },
        { "denormal", TickReject.OutOfRange },
        { "1e308 ask", TickReject.OutOfRange },
        { "denormal bid", TickReject.OutOfRange },
        { "1e300 volume", TickReject.OutOfRange },
        { "1970", TickReject.OutOfRange },
        { "year 9999", TickReject.OutOfRange },
        { "off tick", TickReject.OffTick },
        { "off tick by 2e-6", TickReject.OffTick },
        { "bid off tick", TickReject.OffTick },
        { "ask off tick", TickReject.OffTick },
        { "above limit", TickReject.OutsideLimits },
        { "below limit", TickReject.OutsideLimits },
        { "ask above limit", TickReject.OutsideLimits },
        { "crossed", TickReject.Crossed },
        { "crossed without volumes", TickReject.Crossed },
        { "negative volume", TickReject.NegativeVolume },
        { "negative bid volume", TickReject.NegativeVolume },
        { "negative open interest", TickReject.NegativeVolume },
        { "too old", TickReject.TooOld },
        { "ahead", TickReject.Ahead },
        { "1 ms back", TickReject.Backwards },
        { "duplicate", TickReject.Duplicate },
    };

    private static RawTick Bad(string name)
    {
        var good = Full(5400, 1);
        return name switch
        {
            "NaN" => good with { LastPrice = double.NaN },
            "+Inf" => good with { LastPrice = double.PositiveInfinity },
            "-Inf" => good with { LastPrice = double.NegativeInfinity },
            "NaN bid" => good with { BidPrice = double.NaN },
            "Inf ask" => good with { AskPrice = double.PositiveInfinity },
            "NaN bid volume" => good with { BidVolume = double.NaN },
            "NaN limit" => good with { UpperLimit = double.NaN },
            "-Inf limit" => good with { LowerLimit = double.NegativeInfinity },
            "NaN open" => good with { OpenPrice = double.NaN },
            "Inf volume" => good with { Volume = double.PositiveInfinity },
            "zero" => good with { LastPrice = 0 },
            "minus zero" => good with { LastPrice = -0.0 },
            "negative" => good with { LastPrice = -5400 },
            "negative bid" => good with { BidPrice = -2 },
            "1e308" => good with { LastPrice = 1e308 },
            "DBL_MAX" => good with { LastPrice = double.MaxValue },
            "denormal" => good with { LastPrice = double.Epsilon },
            "1e308 ask" => good with { AskPrice = 1e308 },
            "denormal bid" => good with { BidPrice = double.Epsilon },
            "1e300 volume" => good with { Volume = 1e300 },
            "1970" => good with { Timestamp = DateTimeOffset.UnixEpoch },
            "year 9999" => good with { Timestamp = DateTimeOffset.MaxValue },
            "off tick" => good with { LastPrice = 5401 },
            "off tick by 2e-6" => good with { LastPrice = 5400.000002 },
            "bid off tick" => good with { BidPrice = 5399 },
            "ask off tick" => good with { AskPrice = 5400.5 },
            "above limit" => good with { LastPrice = 5802, BidPrice = null, AskPrice = null },
            "below limit" => good with { LastPrice = 4998, BidPrice = null, AskPrice = null },
            "ask above limit" => good with { AskPrice = 5802 },
            "crossed" => good with { BidPrice = 5402, AskPrice = 5400 },
            "crossed without volumes" => good with { BidPrice = 5402, AskPrice = 5400, BidVolume = null, AskVolume = null },
            "negative volume" => good with { Volume = -1 },
            "negative bid volume" => good with { BidVolume = -1 },
            "negative open interest" => good with { OpenInterest = -1 },
            "too old" => good with { Timestamp = Noon.AddSeconds(-9.1) },
            "ahead" => good with { Timestamp = Noon.AddSeconds(3.1) },
            "1 ms back" => good with { Timestamp = Noon.AddMilliseconds(-1) },
            "duplicate" => Full(5400),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    [Theory]
    [MemberData(nameof(BadTicks))]
    public void Examine_BadTickAfterGoodOne_RejectsWithTheReason(string name, TickReject reason)
    {
        Examine(Full(5400), out _).Accepted.ShouldBeTrue();

        var result = _gate.Examine(Bad(name), Ta, Noon.AddSeconds(1), out _);

        result.ShouldBe(GateResult.Rejected(reason));
        _gate.Last!.Value.LastTicks.ShouldBe(2700);
        _gate.Held.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(BadTicks))]
    public void Examine_BadFirstTick_RejectsUnlessItIsOnlyBadByComparison(string name, TickReject reason)
    {
        var byComparison = reason is TickReject.Backwards or TickReject.Duplicate;

        _gate.Examine(Bad(name), Ta, Noon.AddSeconds(1), out _).Accepted.ShouldBe(byComparison);
    }

    [Fact]
    public void Examine_GoodTick_CountsEveryPriceInTicks()
    {
        var now = Noon.AddSeconds(0.25);

        _gate.Examine(Full(5400), Ta, now, out var tick);

        tick.ShouldBe(new Tick
        {
            OccurredAt = Noon, ReceivedAt = now, LastTicks = 2700, BidTicks = 2699, AskTicks = 2701, BidVolume = 12, AskVolume = 7, DayVolume = 1000,
            OpenInterest = 50_000, OpenTicks = 2695, HighTicks = 2710, LowTicks = 2690, PreSettlement = 5395.5m, UpperLimitTicks = 2900,
            LowerLimitTicks = 2500,
        });
    }

    [Fact]
    public void Examine_SidesThatSayNothing_AreAbsentAndTheTickStands()
    {
        foreach (var price in new double?[] { null, 0, -0.0, double.MaxValue })
        {
            Examine(Full(5400, ++_second) with { BidPrice = price }, out var tick).Accepted.ShouldBeTrue();
            (tick.BidTicks, tick.BidVolume, tick.AskTicks).ShouldBe((0, 0m, 2701));
        }

        // Crossed and off tick do not matter on a side without volume.
        Examine(Full(5400, ++_second) with { AskPrice = 5201.5, AskVolume = 0 }, out var noAsk).Accepted.ShouldBeTrue();
        (noAsk.AskTicks, noAsk.BidTicks).ShouldBe((0, 2699));

        Examine(Full(5400, ++_second) with { BidVolume = null }, out var unstated).Accepted.ShouldBeTrue();
        unstated.BidTicks.ShouldBe(2699);
    }

    [Theory]
    [InlineData(0d)]
    [InlineData(double.MaxValue)]
    [InlineData(null)]
    public void Examine_LimitsThatSayNothing_LimitNothing(double? limit)
    {
        var raw = Full(5900) with { UpperLimit = limit, LowerLimit = limit };

        Examine(raw, out var tick).Accepted.ShouldBeTrue();

        (tick.UpperLimitTicks, tick.LowerLimitTicks).ShouldBe((0, 0));
    }

    [Fact]
    public void Examine_AtTheLimits_Accepts()
    {
        Examine(Raw(5800, 1) with { UpperLimit = 5800, LowerLimit = 5600 }, out _).Accepted.ShouldBeTrue();
        Examine(Raw(5600, 2) with { UpperLimit = 5800, LowerLimit = 5600 }, out _).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void Examine_SameTimeOtherFields_AcceptsByArrival()
    {
        Examine(Raw(5400), out _).Accepted.ShouldBeTrue();
        Examine(Raw(5402), out _).Accepted.ShouldBeTrue();
        Examine(Raw(5400), out _).Accepted.ShouldBeTrue();
        Examine(Raw(5400), out _).ShouldBe(GateResult.Rejected(TickReject.Duplicate));
    }

    [Fact]
    public void Examine_FirstTick_HasNoSpikeCheck() => Examine(Raw(54_000), out _).Accepted.ShouldBeTrue();

    [Fact]
    public void Examine_PriceWithinTolerance_IsTakenAsTheTick()
    {
        Examine(Raw(5400.0000009), out var tick).Accepted.ShouldBeTrue();
        tick.LastTicks.ShouldBe(2700);
    }

    [Fact]
    public void Examine_TicksAreTheClock_IgnoresOursAndStampsTheirs()
    {
        var gate = new TickGate(SourceClock.Ticks, TickGateOptions.Default);

        gate.Examine(Raw(5400), Ta, Noon.AddYears(4), out var tick).Accepted.ShouldBeTrue();

        tick.ReceivedAt.ShouldBe(Noon);
    }

    [Fact]
    public void Examine_NewPriceTick_KeepsTheLastPrice()
    {
        Examine(Raw(5400), out _);

        _gate.Examine(Raw(5401, 1), Contract(priceTick: 1m), Noon, out var tick).Accepted.ShouldBeTrue();

        tick.LastTicks.ShouldBe(5401);
    }

    [Fact]
    public void Examine_GoodTicks_AllocatesNothing()
    {
        Feed(0, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(100, 1000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Feed(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                _gate.Examine(Full(5400 + (2 * (i % 5)), i / 1000.0), Ta, Noon, out _);
            }
        }
    }

    private double _second;

    private GateResult Examine(in RawTick raw, out Tick tick) => _gate.Examine(raw, Ta, raw.Timestamp, out tick);
}
