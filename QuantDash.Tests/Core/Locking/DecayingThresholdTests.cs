using QuantDash.Core.Locking;

namespace QuantDash.Tests.Core.Locking;

/// <summary>threshold(t) = floor + (start − floor) · 0.5^(holding time ÷ half-life).</summary>
public sealed class DecayingThresholdTests
{
    [Theory]
    [InlineData(1000, 200, 30, 0, 1000)]
    [InlineData(1000, 200, 30, 30, 600)]
    [InlineData(1000, 200, 30, 60, 400)]
    [InlineData(1000, 0, 2, 4, 250)]
    [InlineData(1000, 1000, 30, 90, 1000)]
    [InlineData(1000, 200, 30, 1_000_000, 200)]
    public void At_ComesHalfWayDownInEachHalfLife(decimal start, decimal floor, decimal halfLife, long held, decimal expected) =>
        DecayingThreshold.At(start, floor, halfLife, held).ShouldBe(expected, 0.000000001m);

    [Fact]
    public void At_NeverRises_AndNeverFallsBelowTheFloor()
    {
        var before = decimal.MaxValue;
        for (var held = 0L; held < 2000; held++)
        {
            var now = DecayingThreshold.At(123_456.78m, 0.5m, 37.5m, held);
            now.ShouldBeLessThanOrEqualTo(before);
            now.ShouldBeGreaterThanOrEqualTo(0.5m);
            before = now;
        }
    }
}
