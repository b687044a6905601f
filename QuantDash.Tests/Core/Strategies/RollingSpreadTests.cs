using QuantDash.Core.Indicators;
using QuantDash.Core.Strategies;

namespace QuantDash.Tests.Core.Strategies;

public sealed class RollingSpreadTests
{
    [Theory]
    [InlineData(50, 150)]
    [InlineData(1_000_000_000, 1_000_000_300)]
    public void Bands_AreThoseOfTheIndicator(int from, int to)
    {
        var random = new Random(5);
        var (spread, bands) = (new RollingSpread(20), new BollingerBands(20, 1.5));
        var outside = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var value = random.Next(from, to);
            spread.Add(value);
            bands.Add((double)value);
            spread.IsFull.ShouldBe(i >= 19);
            if (bands.Middle is not { } middle) continue;
            var distance = spread.DistanceOf(value);
            (distance / 20d).ShouldBe(value - middle, 1e-6);
            var width = bands.Upper!.Value - middle;
            if (Math.Abs(Math.Abs(value - middle) - width) < 1e-6) continue;
            spread.IsBeyond(distance, 150).ShouldBe(Math.Abs(value - middle) > width);
            if (spread.IsBeyond(distance, 150)) outside++;
        }
        outside.ShouldBeGreaterThan(50);
    }
}
