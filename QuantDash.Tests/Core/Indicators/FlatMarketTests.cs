using QuantDash.Core.Indicators;

namespace QuantDash.Tests.Core.Indicators;

/// <summary>A market that stands still after it moved: what a formula divides by is exactly nothing then, or a speck of rounding if one is careless.</summary>
public sealed class FlatMarketTests
{
    [Theory]
    [InlineData("standard_deviation", 0d, 100.1, null)]
    [InlineData("bollinger", 100.1, 100.1, 100.1, null, 0d)]
    [InlineData("slope", 0d, 100.1, 100.1, 0d, null)]
    [InlineData("realised_volatility", 0d)]
    [InlineData("cci", new object?[] { null })]
    [InlineData("mfi", 100d)]
    [InlineData("stochastic", 0d, 0d, 0d)]
    [InlineData("williams_r", -100d)]
    [InlineData("kama", 0d, double.NaN)]
    [InlineData("roc", 0d, 0d)]
    public void Indicator_OfAMarketThatStopped_TellsWhatItsNoteSays(string name, params object?[] expected)
    {
        var declaration = IndicatorCatalogue.Find(name)!;
        var indicator = declaration.Create();
        indicator.Over([.. IndicatorSamples.Walk(7, 333), .. IndicatorSamples.Flat(100.1, 100)], declaration.Outputs.Count);
        var row = new double?[declaration.Outputs.Count];
        indicator.Read(row);
        for (var i = 0; i < row.Length; i++)
        {
            if (expected[i] is null) row[i].ShouldBeNull(declaration.Outputs[i]);
            else if (expected[i] is double and not double.NaN) row[i].ShouldNotBeNull().ShouldBe((double)expected[i]!, 1e-12, declaration.Outputs[i]);
        }
    }

    [Fact]
    public void RelativeStrength_WithoutAnyLoss_IsAHundred()
    {
        var index = new RelativeStrengthIndex(3);
        for (var i = 0; i < 10; i++) index.Add(5);
        index.Value.ShouldBe(100);
    }

    /// <summary>One trade of a million times the usual volume leaves nothing behind when it leaves the window.</summary>
    [Fact]
    public void Sums_ForgetASpikeThatLeftTheWindow()
    {
        var (average, weighted, deviation) = (new SimpleMovingAverage(5), new WeightedMovingAverage(5), new StandardDeviation(5));
        double[] numbers = [1.1, 2.2, 3.3, 1e18, 1.1, 2.2, 3.3, 4.4, 5.5];
        foreach (var number in numbers)
        {
            average.Add(number);
            weighted.Add(number);
            deviation.Add(number);
        }
        average.Value.ShouldNotBeNull().ShouldBe(3.3, 1e-14);
        weighted.Value.ShouldNotBeNull().ShouldBe(60.5 / 15, 1e-14);
        deviation.Value.ShouldNotBeNull().ShouldBe(Math.Sqrt(2.42), 1e-14);
    }
}
