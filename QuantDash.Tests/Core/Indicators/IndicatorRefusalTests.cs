using QuantDash.Core.Indicators;

namespace QuantDash.Tests.Core.Indicators;

public sealed class IndicatorRefusalTests
{
    [Theory]
    [InlineData("open", double.NaN, 2, 1, 1, 1)]
    [InlineData("high", 1, double.PositiveInfinity, 1, 1, 1)]
    [InlineData("high", 1, 1e31, 1, 1, 1)]
    [InlineData("low", 1, 2, double.NaN, 1, 1)]
    [InlineData("low", 1, 2, double.NegativeInfinity, 1, 1)]
    [InlineData("low", 1, 2, 2.5, 1, 1)]
    [InlineData("close", 1, 2, 1, double.NaN, 1)]
    [InlineData("volume", 1, 2, 1, 1, -1)]
    [InlineData("volume", 1, 2, 1, 1, double.NaN)]
    [InlineData("volume", 1, 2, 1, 1, double.PositiveInfinity)]
    public void Bar_OfWhatIsNoPrice_IsRefusedByField(string field, double open, double high, double low, double close, double volume)
    {
        var refused = Should.Throw<RefusedValueException>(() => new IndicatorBar(open, high, low, close, volume));
        refused.ParamName.ShouldBe(field);
        refused.Reason.ShouldStartWith($"{field} is ");
        refused.Reason.ShouldContain("; allowed: ");
    }

    [Fact]
    public void Bar_OfTheMarket_KeepsItsNumbersAndItsTradingDay()
    {
        var bar = IndicatorBar.Of(new()
        {
            Start = new(2025, 3, 3, 13, 0, 0, TimeSpan.Zero), End = new(2025, 3, 3, 13, 5, 0, TimeSpan.Zero), TradingDay = new(2025, 3, 4),
            Open = new(4998m), High = new(5002.5m), Low = new(4996m), Close = new(5000m), Volume = 12m, OpenInterest = 100m,
        });
        bar.ShouldBe(new IndicatorBar(4998, 5002.5, 4996, 5000, 12, new DateOnly(2025, 3, 4).DayNumber));
        (bar.Of(BarField.Median), bar.Of(BarField.Typical), bar.Of(BarField.Average)).ShouldBe((4999.25, 14998.5 / 3, 4999.125));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-2e30)]
    public void Number_ThatIsNone_IsRefusedAndChangesNothing(double value)
    {
        foreach (var declaration in IndicatorCatalogue.All.Where(one => one.TakesSource))
        {
            var (disturbed, calm) = ((SeriesIndicator)declaration.Create(), (SeriesIndicator)declaration.Create());
            for (var i = 0; i < 200; i++)
            {
                if (i % 7 == 0) Should.Throw<RefusedValueException>(() => disturbed.Add(value)).Reason.ShouldContain("-1E+30 to 1E+30");
                disturbed.Add(100 + (i % 9));
                calm.Add(100 + (i % 9));
            }
            Read(disturbed, declaration).ShouldBe(Read(calm, declaration), declaration.Name);
        }
        Should.Throw<RefusedValueException>(() => new TrueRangeAverage(3).Add(value, 1, 1));
        Should.Throw<RefusedValueException>(() => new TrueRangeAverage(3).Add(1, value, 1));
        Should.Throw<RefusedValueException>(() => new TrueRangeAverage(3).Add(1, 1, value));
    }

    [Fact]
    public void Parameter_OutsideItsRange_IsRefusedByNameWithTheRange()
    {
        foreach (var declaration in IndicatorCatalogue.All)
        {
            foreach (var parameter in declaration.Parameters)
            {
                double[] wrong = [parameter.Least - 1, parameter.Most + 1, double.NaN, .. parameter.IsWhole ? [parameter.Least + 0.5] : Array.Empty<double>()];
                foreach (var value in wrong)
                {
                    var refused = Should.Throw<RefusedValueException>(() => declaration.Create(new Dictionary<string, double> { [parameter.Name] = value }), $"{declaration.Name} {parameter.Name}={value}");
                    refused.ParamName.ShouldBe(parameter.Name);
                    refused.Reason.ShouldContain(parameter.Allowed);
                }
            }
        }
    }

    /// <summary>A constructor called from code looks at the same ranges.</summary>
    [Fact]
    public void Constructor_WithAnImpossibleParameter_Throws()
    {
        Should.Throw<RefusedValueException>(() => new SimpleMovingAverage(0)).ParamName.ShouldBe("period");
        Should.Throw<RefusedValueException>(() => new BollingerBands(1));
        Should.Throw<RefusedValueException>(() => new BollingerBands(20, double.NaN)).ParamName.ShouldBe("deviations");
        Should.Throw<RefusedValueException>(() => new SuperTrend(10, 0)).ParamName.ShouldBe("multiplier");
        Should.Throw<RefusedValueException>(() => new RealisedVolatility(20, 0)).ParamName.ShouldBe("periods_per_year");
        Should.Throw<RefusedValueException>(() => new HullMovingAverage(1));
    }

    [Theory]
    [InlineData("macd", "fast=26 slow=12", "fast is 26; allowed: less than slow, 12.")]
    [InlineData("kama", "fast=30 slow=30", "fast is 30; allowed: less than slow, 30.")]
    [InlineData("parabolic_sar", "step=0.3 maximum=0.2", "step is 0.3; allowed: at most maximum, 0.2.")]
    [InlineData("parabolic_sar", "initial=0.3 maximum=0.2", "initial is 0.3; allowed: at most maximum, 0.2.")]
    [InlineData("ichimoku", "tenkan=27", "tenkan is 27; allowed: at most kijun, 26.")]
    [InlineData("ichimoku", "kijun=53", "kijun is 53; allowed: at most senkou, 52.")]
    public void Parameters_ThatContradictOneAnother_AreRefused(string name, string settings, string expected)
        => Should.Throw<RefusedValueException>(() => IndicatorCatalogue.Find(name)!.Create(IndicatorSamples.Settings(settings))).Reason.ShouldBe(expected);

    [Fact]
    public void Parameter_ThatThereIsNot_IsRefused()
        => Should.Throw<ArgumentException>(() => IndicatorCatalogue.Find("sma")!.Create(IndicatorSamples.Settings("length=3"))).Message.ShouldContain("length");

    [Fact]
    public void RealisedVolatility_OfAPriceOfNothing_IsRefused()
        => Should.Throw<RefusedValueException>(() => new RealisedVolatility().Add(0)).Reason.ShouldContain("above 0");

    [Fact]
    public void Names_AreThereOnce() => IndicatorCatalogue.All.Select(one => one.Name).ShouldBeUnique();

    [Fact]
    public void Find_OfANameThatThereIsNot_IsNull() => IndicatorCatalogue.Find("SMA").ShouldBeNull();

    private static double?[] Read(Indicator indicator, IndicatorDeclaration declaration)
    {
        var row = new double?[declaration.Outputs.Count];
        indicator.Read(row);
        return row;
    }
}
