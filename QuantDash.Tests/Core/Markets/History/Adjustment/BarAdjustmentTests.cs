using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Adjustment;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Core.Markets.History.Adjustment;

public sealed class BarAdjustmentTests
{
    private static readonly BarKey Daily = Key("US.AAPL", "1d");

    [Fact]
    public void Backward_OverASplit_LeavesTheLatestPrices()
    {
        var bars = BarAdjustment.Adjust(Days(700, 714, 100), [PriceAdjustment.Split(Day(2), 7)], AdjustmentDirection.Backward);

        Prices(bars).ShouldBe([100m, 102m, 100m]);
        bars.Volumes.ToArray().ShouldBe([7, 7, 1]);
    }

    [Fact]
    public void Forward_OverASplit_LeavesTheOldestPrices()
    {
        var bars = BarAdjustment.Adjust(Days(700, 714, 100), [PriceAdjustment.Split(Day(2), 7)], AdjustmentDirection.Forward);

        Prices(bars).ShouldBe([700m, 714m, 700m]);
        bars.Volumes.ToArray().ShouldBe([1, 1, 1 / 7.0], 1e-12);
    }

    [Theory]
    [InlineData(AdjustmentMethod.Ratio, new[] { 99.0, 198.0, 198.0 })]
    [InlineData(AdjustmentMethod.Additive, new[] { 98.0, 198.0, 198.0 })]
    public void Backward_OverADividend_TakesItOutByRatioOrSum(AdjustmentMethod method, double[] expected)
    {
        var dividend = PriceAdjustment.Dividend(Day(2), 2m, 200m, method);

        var bars = BarAdjustment.Adjust(Days(100, 200, 198), [dividend], AdjustmentDirection.Backward);

        Prices(bars).ShouldBe(expected.Select(price => (decimal)price));
        bars.Volumes.ToArray().ShouldAllBe(volume => volume == 1);
    }

    [Fact]
    public void Additive_RollsOnTheTick_KeepThePriceTickAndDifferencesOfMoney()
    {
        PriceAdjustment[] rolls = [PriceAdjustment.Roll(Day(1), 100, 103, AdjustmentMethod.Additive), PriceAdjustment.Roll(Day(2), 104, 99, AdjustmentMethod.Additive)];

        var backward = BarAdjustment.Adjust(Days(100, 104, 99), rolls, AdjustmentDirection.Backward);
        var forward = BarAdjustment.Adjust(Days(100, 104, 99), rolls, AdjustmentDirection.Forward);

        backward.PriceTick.ShouldBe(0.01m);
        Prices(backward).ShouldBe([98m, 99m, 99m]);
        Prices(forward).ShouldBe([100m, 101m, 101m]);
    }

    [Fact]
    public void Additive_FarBack_MayFallBelowZero()
    {
        var roll = PriceAdjustment.Roll(Day(1), 100, 30, AdjustmentMethod.Additive);

        Prices(BarAdjustment.Adjust(Days(50, 30), [roll], AdjustmentDirection.Backward))[0].ShouldBe(-20m);
        Prices(BarAdjustment.Adjust(Days(50, 30), [PriceAdjustment.Roll(Day(1), 100, 30, AdjustmentMethod.Ratio)], AdjustmentDirection.Backward))[0].ShouldBe(15m);
    }

    [Fact]
    public void ForwardAndBackward_OverMixedEvents_DifferByOneMap()
    {
        PriceAdjustment[] events = [PriceAdjustment.Dividend(Day(1), 5, 100, AdjustmentMethod.Ratio), PriceAdjustment.Split(Day(2), 2), PriceAdjustment.Roll(Day(3), 50, 53, AdjustmentMethod.Additive)];
        var bars = Days(100, 95, 47.5m, 50.5m);

        var backward = Prices(BarAdjustment.Adjust(bars, events, AdjustmentDirection.Backward));
        var forward = Prices(BarAdjustment.Adjust(bars, events, AdjustmentDirection.Forward));

        // Nothing but the events moved the price, so it never moves once they are taken out.
        backward.ShouldAllBe(price => Math.Abs(price - 50.5m) < 0.0001m);
        forward.ShouldAllBe(price => Math.Abs(price - 100m) < 0.0001m);
    }

    [Fact]
    public void Raw_OrEventsOutsideTheSeries_ChangeNothing()
    {
        var bars = Days(1, 2);

        BarAdjustment.Adjust(bars, [PriceAdjustment.Split(Day(1), 7)], AdjustmentDirection.Raw).ShouldBeSameAs(bars);
        BarAdjustment.Adjust(bars, [PriceAdjustment.Split(Day(0), 7), PriceAdjustment.Split(Day(9), 7)], AdjustmentDirection.Backward).ShouldBeSameAs(bars);
    }

    [Fact]
    public void LeanFactorFile_OfBrokenLines_NamesThem() =>
        LeanFactorFile.Read(["20140606,0.9,0.5", "20140606,0.9,0.5", "x,1,1", "20150101,0,1"]).Problems.Select(p => p.Field).ShouldBe(["lines[2]", "lines[3]", "lines[4]"]);

    private static DateOnly Day(int day) => new DateOnly(2014, 6, 2).AddDays(day);

    private static BarColumns Days(params decimal[] prices) => BarColumns.Of(
        Daily, 0.01m, [.. prices.Select((price, i) => Bar(At("2014-06-02T00:00:00") + (i * 86_400_000L), (long)(price * 100), minutes: 1440))]);

    private static decimal[] Prices(BarColumns bars) => [.. bars.Closes.ToArray().Select(ticks => ticks * bars.PriceTick)];
}
