using QuantDash.Core.Indicators;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Indicators;

/// <summary>The published vectors that decide which variant of an indicator ours is: series D is the daily one of the reference data.</summary>
public sealed class DomainVectorTests
{
    [DataTheory]
    [InlineData("atr", "period=14", "atr", 14, 1.3364)]
    [InlineData("atr", "period=14", "atr", 24, 1.3034)]
    [InlineData("atr", "period=14", "atr", 249, 1.3381)]
    [InlineData("atr", "period=14", "atr", 501, 6.1497)]
    [InlineData("rsi", "period=14", "rsi", 14, 62.0541)]
    [InlineData("rsi", "period=14", "rsi", 249, 70.9368)]
    [InlineData("rsi", "period=14", "rsi", 501, 42.0773)]
    [InlineData("bollinger", "period=20 deviations=2", "middle", 249, 255.55)]
    [InlineData("bollinger", "period=20 deviations=2", "upper", 249, 259.5642)]
    [InlineData("bollinger", "period=20 deviations=2", "lower", 249, 251.5358)]
    [InlineData("bollinger", "period=20 deviations=2", "middle", 501, 251.86)]
    [InlineData("bollinger", "period=20 deviations=2", "upper", 501, 273.7004)]
    [InlineData("bollinger", "period=20 deviations=2", "lower", 501, 230.0196)]
    [InlineData("macd", "fast=12 slow=26 signal=9", "macd", 49, 1.7203)]
    [InlineData("macd", "fast=12 slow=26 signal=9", "signal", 49, 1.9675)]
    [InlineData("macd", "fast=12 slow=26 signal=9", "histogram", 49, -0.2472)]
    [InlineData("macd", "fast=12 slow=26 signal=9", "macd", 249, 2.2353)]
    [InlineData("macd", "fast=12 slow=26 signal=9", "signal", 249, 2.3141)]
    [InlineData("macd", "fast=12 slow=26 signal=9", "histogram", 249, -0.0789)]
    [InlineData("macd", "fast=12 slow=26 signal=9", "macd", 501, -6.2198)]
    [InlineData("macd", "fast=12 slow=26 signal=9", "signal", 501, -5.8569)]
    [InlineData("macd", "fast=12 slow=26 signal=9", "histogram", 501, -0.3629)]
    [InlineData("chandelier", "period=22 multiplier=3", "long", 492, 259.0480)]
    [InlineData("chandelier", "period=22 multiplier=3", "long", 501, 256.5860)]
    [InlineData("chandelier", "period=22 multiplier=3", "short", 501, 246.4240)]
    [InlineData("parabolic_sar", "step=0.02 maximum=0.2", "sar", 14, 212.83)]
    [InlineData("parabolic_sar", "step=0.02 maximum=0.2", "is_reversal", 14, 1)]
    [InlineData("parabolic_sar", "step=0.02 maximum=0.2", "sar", 16, 212.9924)]
    [InlineData("parabolic_sar", "step=0.02 maximum=0.2", "is_reversal", 16, 0)]
    [InlineData("parabolic_sar", "step=0.02 maximum=0.2", "sar", 94, 228.36)]
    [InlineData("parabolic_sar", "step=0.02 maximum=0.2", "sar", 501, 229.7662)]
    [InlineData("adx", "period=14", "plus_di", 14, 21.9669)]
    [InlineData("adx", "period=14", "minus_di", 14, 18.5462)]
    [InlineData("adx", "period=14", "dx", 14, 8.4433)]
    [InlineData("adx", "period=14", "adx", 27, 15.9459)]
    [InlineData("adx", "period=14", "adx", 29, 19.7949)]
    [InlineData("adx", "period=14", "adx", 248, 30.5903)]
    [InlineData("adx", "period=14", "adx", 501, 34.2987)]
    public void Indicator_OverSeriesD_GivesThePublishedValue(string name, string settings, string output, int bar, double expected)
    {
        var declaration = IndicatorCatalogue.Find(name)!;
        var values = declaration.Over(IndicatorSamples.Daily(), IndicatorSamples.Settings(settings));
        values[declaration.Outputs.ToList().IndexOf(output)][bar].ShouldNotBeNull().ShouldBe(expected, 0.00005 + 1e-12);
    }

    [Fact]
    public void RelativeStrength_OfFive_GivesTulipsVector()
    {
        double[] closes = [81.59, 81.06, 82.87, 83, 83.61, 83.15, 82.84, 83.99, 84.55, 84.36, 85.53, 86.54, 86.89, 87.77, 87.29];
        double[] expected = [72.034, 64.927, 75.936, 79.796, 74.713, 83.033, 87.478, 88.755, 91.483, 78.498];
        var index = new RelativeStrengthIndex(5);
        Given(index, closes, () => index.Value).ShouldBe(expected, 0.0005);
    }

    [Theory]
    [InlineData(VolatilityMethod.Simple, 3, "100 101 102 107 115 123", "0.292367173 0.423342593 0.176459427")]
    [InlineData(VolatilityMethod.Logarithmic, 4, "100 102 101 105 104", "0.378416743")]
    [InlineData(VolatilityMethod.ZeroMean, 4, "100 102 101 105 104", "0.362804475")]
    public void RealisedVolatility_GivesTheVectorOfItsMethod(VolatilityMethod method, int period, string closes, string expected)
    {
        var volatility = new RealisedVolatility(period, method: method);
        Given(volatility, Numbers(closes), () => volatility.Value).ShouldBe(Numbers(expected), 1e-9);
    }

    /// <summary>The trading days of one series: the average starts anew, another's volume does not count.</summary>
    [Fact]
    public void VolumeWeightedPrice_Daily_StartsAnewWithTheDay()
    {
        var (whole, daily) = (new VolumeWeightedPrice(), new VolumeWeightedPrice(daily: true));
        foreach (var bar in new IndicatorBar[] { new(10, 10, 10, 10, 100, day: 1), new(20, 20, 20, 20, 300, day: 1), new(30, 30, 30, 30, 0, day: 2), new(40, 40, 40, 40, 100, day: 2) })
        {
            whole.Add(bar);
            daily.Add(bar);
            if (bar.Close == 20) (whole.Value, daily.Value).ShouldBe((17.5, 17.5));
            if (bar.Close == 30) (whole.Value, daily.Value).ShouldBe((17.5, null), "nothing was traded yet on that day");
        }
        (whole.Value, daily.Value).ShouldBe((22, 40));
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(IndicatorSamples.Number)];

    /// <summary>The values after each number that gave one.</summary>
    private static double[] Given(SeriesIndicator indicator, double[] numbers, Func<double?> read) => [.. numbers.Select(number =>
    {
        indicator.Add(number);
        return read();
    }).OfType<double>()];
}
