using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Adjustment;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Core.Markets.History.Quality;
using QuantDash.Tests.Core.Markets.History.Import;
using QuantDash.Tests.Support;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Core.Markets.History.Adjustment;

public sealed class RealAdjustmentTests
{
    /// <summary>Seven for one on 2014-06-09: 645.57 dollars at Friday's close, 92.69 at Monday's open.</summary>
    [DataFact]
    public void Apple_OverItsSplitOf20140609_GoesOnWithoutAJump()
    {
        var raw = Apple();
        var factors = LeanFactorFile.Read(Lines("us_equity/factor_files/aapl.csv")).Value;
        var split = factors.Single(a => a.Kind == AdjustmentKind.Split && a.EffectiveFrom.Year == 2014);

        var onlySplits = BarAdjustment.Adjust(raw.Between(At("2014-01-01T00:00:00"), At("2014-12-31T00:00:00")), [split], AdjustmentDirection.Backward);

        Math.Round(split.VolumeFactor, 4).ShouldBe(7m);
        split.EffectiveFrom.ShouldBeInRange(new DateOnly(2014, 6, 7), new DateOnly(2014, 6, 9));
        Close(raw, "2014-06-06").ShouldBe(645.57m);
        Math.Round(Close(onlySplits, "2014-06-06"), 2).ShouldBe(92.22m);
        Close(onlySplits, "2014-06-09").ShouldBe(93.70m);
        Faults(raw).ShouldContain(fault => fault.TradingDay == new DateOnly(2014, 6, 9) && fault.Problem.Code == "bar_jump");
        Faults(onlySplits).ShouldNotContain(fault => fault.TradingDay == new DateOnly(2014, 6, 9));
    }

    /// <summary>What LEAN itself multiplies with: the price and split factor of a day's row.</summary>
    [DataTheory]
    [InlineData("1998-01-02", 0.8613657, 0.00892857)]
    [InlineData("2014-06-06", 0.9011818, 0.03571430)]
    [InlineData("2019-12-31", 0.9899586, 0.25)]
    [InlineData("2021-03-31", 1, 1)]
    public void Apple_WithAllFactors_EqualsTheFactorFile(string day, double priceFactor, double splitFactor)
    {
        var raw = Apple();
        var adjusted = BarAdjustment.Adjust(raw, LeanFactorFile.Read(Lines("us_equity/factor_files/aapl.csv")).Value, AdjustmentDirection.Backward);

        var expected = Close(raw, day) * (decimal)priceFactor * (decimal)splitFactor;

        Math.Abs(Close(adjusted, day) - expected).ShouldBeLessThan(0.000001m);
    }

    /// <summary>Ten rolls from 2019-01-17 to 2019-10-17. Each is the old contract's close of the evening before, which is the last bar in the series.</summary>
    [DataFact]
    public void IndexFuture_OverItsRollsOf2019_LosesExactlyTheRollGaps()
    {
        var raw = RealBarFilesTests.IndexFuture().Between(At("2019-01-02T00:00:00"), At("2019-11-01T00:00:00"));
        var rolls = Rolls(AdjustmentMethod.Additive);

        var backward = BarAdjustment.Adjust(raw, rolls, AdjustmentDirection.Backward);
        var forward = BarAdjustment.Adjust(raw, rolls, AdjustmentDirection.Forward);

        var inSeries = rolls.Where(roll => roll.EffectiveFrom <= new DateOnly(2019, 10, 31)).ToList();
        inSeries.Count.ShouldBe(10);
        inSeries[0].EffectiveFrom.ShouldBe(new DateOnly(2019, 1, 17));
        // 3131.0 − 3129.4, and so on for all ten.
        inSeries[0].Offset.ShouldBe(1.6m);
        backward.PriceTick.ShouldBe(0.2m);
        var sum = inSeries.Sum(roll => roll.Offset);
        (Price(backward, 0) - Price(raw, 0)).ShouldBe(sum);
        Price(backward, raw.Count - 1).ShouldBe(Price(raw, raw.Count - 1));
        (Price(raw, raw.Count - 1) - Price(forward, raw.Count - 1)).ShouldBe(sum);
        var first = raw.TradingDays.Span.IndexOf(new DateOnly(2019, 1, 17).DayNumber);
        Price(raw, first - 1).ShouldBe(3129.4m);
        (Price(backward, first) - Price(backward, first - 1)).ShouldBe(Price(raw, first) - 3131.0m);
    }

    [DataFact]
    public void IndexFuture_ByRatio_KeepsReturnsOverARoll()
    {
        var raw = RealBarFilesTests.IndexFuture().Between(At("2019-01-02T00:00:00"), At("2019-11-01T00:00:00"));

        var adjusted = BarAdjustment.Adjust(raw, Rolls(AdjustmentMethod.Ratio), AdjustmentDirection.Backward);

        var first = raw.TradingDays.Span.IndexOf(new DateOnly(2019, 1, 17).DayNumber);
        var expected = Price(raw, first) / 3131.0m;
        Math.Abs((Price(adjusted, first) / Price(adjusted, first - 1)) - expected).ShouldBeLessThan(0.0000001m);
    }

    private static BarColumns Apple()
    {
        var key = Key("US.AAPL", "1d");
        var mapping = BarFormats.Lean(key.Timeframe, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), BarFormats.LeanStockScale);
        return Imported(new(key, 0.0001m, null, mapping, SkipBadLines: false), [.. Lines("us_equity/daily/aapl.csv.gz")]).Bars!;
    }

    private static IReadOnlyList<PriceAdjustment> Rolls(AdjustmentMethod method)
    {
        using var file = TestData.Open("cn_futures/meta/hots.json.gz");
        return WondertraderRolls.Read(file.ReadToEnd(), "CFFEX", "IF", method).Value.Rolls;
    }

    private static IReadOnlyList<BarFault> Faults(BarColumns bars) => BarQuality.Check(bars, null, KnownCalendar).Faults;

    private static decimal Price(BarColumns bars, int index) => bars.Closes.Span[index] * bars.PriceTick;

    private static decimal Close(BarColumns bars, string day) =>
        Price(bars, bars.TradingDays.Span.IndexOf(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).DayNumber));
}
