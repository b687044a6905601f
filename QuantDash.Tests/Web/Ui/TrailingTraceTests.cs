using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Tests.Web.Ui;

/// <summary>The picture of a trailing rule: best price and stop along the line, and only what is known of them.</summary>
public sealed class TrailingTraceTests
{
    private static readonly DateTimeOffset Start = SampleSnapshot.Now;

    [Fact]
    public void Long_ArmedWithinTheLine_RisesWithThePriceAndNeverFalls()
    {
        var trace = Trace(Rule(), 1, 5510, 5500, 5504, 5512, 5508, 5520, 5514);
        trace!.Best.ShouldBe([null, 5500, 5504, 5512, 5512, 5520, 5520]);
        trace.Stop.ShouldBe([null, 5480, 5484, 5492, 5492, 5500, 5500]);
    }

    [Fact]
    public void Short_Mirrored() =>
        Trace(Rule() with { Direction = Side.Short }, 0, 5500, 5496, 5498, 5490)!.Stop.ShouldBe([5520, 5516, 5516, 5510]);

    [Fact]
    public void Ratio_TakesItsShareOfEachBest() =>
        Trace(Rule() with { TrailingMode = TrailingMode.Ratio, TrailingDistance = 0.01m }, 0, 5000, 5200)!.Stop.ShouldBe([4950, 5148]);

    [Fact]
    public void Activation_BeginsWhenItsPriceIsReached() =>
        Trace(Rule() with { TrailingActivation = new(5510) }, 0, 5500, 5512, 5506)!.Best.ShouldBe([null, 5512, 5512]);

    [Fact]
    public void BestBetweenTwoPoints_IsWhatTheEngineSays() =>
        TrailingTrace.Of(View(Rule(), Start, 5516), SampleSnapshot.Pta, Line(5500, 5512, 5508), null)!.Best.ShouldBe([5500, 5516, 5516]);

    [Fact]
    public void ArmedBeforeTheLine_IsDrawnFromThePointThatMadeTheBest()
    {
        TrailingTrace.Of(View(Rule(), Start.AddDays(-1), 5512), SampleSnapshot.Pta, Line(5500, 5512, 5508), null)!.Best.ShouldBe([null, 5512, 5512]);
        TrailingTrace.Of(View(Rule(), Start.AddDays(-1), 5516), SampleSnapshot.Pta, Line(5500, 5512, 5508), null)!.Best.ShouldBe([null, 5516, 5516]);
        TrailingTrace.Of(View(Rule(), Start.AddDays(-1), 5600), SampleSnapshot.Pta, Line(5500, 5512, 5508), null)!.Best.ShouldBe([5600, 5600, 5600]);
    }

    [Fact]
    public void ArmedJustBeforeTheFirstTick_IsDrawnFromIt() =>
        TrailingTrace.Of(View(Rule(), Start.AddSeconds(-2), 5512), SampleSnapshot.Pta, Line(5500, 5512, 5508), null)!.Best.ShouldBe([5500, 5512, 5512]);

    [Fact]
    public void Fired_EndsThere() =>
        TrailingTrace.Of(View(Rule(), Start, 5512), SampleSnapshot.Pta, Line(5500, 5512, 5490, 5488), Start.AddSeconds(2))!.Stop.ShouldBe([5480, 5492, 5492, null]);

    [Fact]
    public void AverageRange_HasNoEarlierStops() => Trace(Rule() with { TrailingMode = TrailingMode.Atr, TrailingDistance = 3 }, 0, 5500, 5512)!.Stop.ShouldBeEmpty();

    [Fact]
    public void ByAnotherPriceThanTheLine_OrNotTrailing_IsNotDrawn()
    {
        Trace(Rule() with { PriceSource = PriceSource.BidAsk }, 0, 5500).ShouldBeNull();
        Trace(Rule() with { TrailingStop = false }, 0, 5500).ShouldBeNull();
        TrailingTrace.Of(View(Rule(), Start, 5500), SampleSnapshot.Pta, [], null).ShouldBeNull();
    }

    private static LockRule Rule() => new()
    {
        Id = Guid.NewGuid(), AccountId = SampleSnapshot.Demo, Symbol = SampleSnapshot.Pta.Symbol, Direction = Side.Long, TriggerType = TriggerType.Trailing, TrailingStop = true,
        TrailingDistance = 20, CreatedAt = Start, UpdatedAt = Start,
    };

    /// <summary>Armed at a point; the engine's best is the best from there on.</summary>
    private static TrailingTrace? Trace(LockRule rule, int armedAt, params double[] prices)
    {
        var seen = prices.Skip(armedAt).ToList();
        return TrailingTrace.Of(View(rule, Start.AddSeconds(armedAt), rule.Direction == Side.Long ? seen.Max() : seen.Min()), SampleSnapshot.Pta, Line(prices), null);
    }

    private static List<TracePoint> Line(params double[] prices) => [.. prices.Select((price, i) => new TracePoint(Start.AddSeconds(i), price))];

    private static RuleView View(LockRule rule, DateTimeOffset armedAt, double best) => new()
    {
        Rule = rule,
        State = new()
        {
            RuleId = rule.Id, State = ArmState.Armed, ArmedAt = armedAt, TrailingActive = true, HighWaterTicks = SampleSnapshot.Pta.TicksAtOrBelow(new((decimal)best)), UpdatedAt = Start,
        },
        Conditions = [],
        DistanceTicks = null,
        LastEvaluatedAt = null,
    };
}
