using QuantDash.Core.Performance;

namespace QuantDash.Tests.Core.Performance;

/// <summary>Vectors: DOMAIN.md 5, item 17 (Bailey and López de Prado).</summary>
public sealed class ProbabilisticSharpeTests
{
    [Theory]
    [InlineData(0.458, 24, 0, 3, 0.982, 0.0005)]
    [InlineData(0.458, 24, -2.448, 10.164, 0.913, 0.0005)]
    [InlineData(0.1, 101, 0, 3, 0.840741, 0.0000005)]
    public void Probability_OfThePapersSamples_IsTheirs(double sharpe, int count, double skew, double kurtosis, double expected, double within) =>
        ProbabilisticSharpe.Of(sharpe, count, skew, kurtosis)!.Value.ShouldBe(expected, within);

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(-1, 0.158655253931457)]
    [InlineData(1.959963984540054, 0.975)]
    [InlineData(3, 0.998650101968370)]
    [InlineData(-6, 9.86587645037698e-10)]
    [InlineData(50, 1)]
    public void NormalDistribution_IsThatOfTheTables(double x, double expected) =>
        NormalDistribution.Cumulative(x).ShouldBe(expected, Math.Max(1e-14, Math.Abs(expected) * 1e-12) * (expected < 1e-6 ? 1e-8 : 1));

    /// <summary>1, 2, 3, 4, 10: mean 4, deviations −3 −2 −1 0 6, second moment 10, third 180 ÷ 5, fourth 1394 ÷ 5.</summary>
    [Fact]
    public void SkewAndKurtosis_AreTheStandardisedMoments()
    {
        double[] values = [1, 2, 3, 4, 10];
        ProbabilisticSharpe.Skew(values)!.Value.ShouldBe(36 / Math.Pow(10, 1.5), 1e-12);
        ProbabilisticSharpe.Kurtosis(values)!.Value.ShouldBe(278.8 / 100, 1e-12);
        ProbabilisticSharpe.Of([0.01, 0.01, 0.01, 0.01]).ShouldBeNull();
        ProbabilisticSharpe.Of([0.01, -0.01, 0.02]).ShouldBeNull();
        ProbabilisticSharpe.Of([0.02, 0.01, 0.03, 0.02])!.Value.ShouldBeGreaterThan(0.95);
    }
}
