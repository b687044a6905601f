using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Primitives;

public sealed class VolumeTests
{
    /// <summary>2 − 2.000 is a decimal zero with its sign bit set: coins come with decimals, and locking all of a leg subtracts them to nothing.</summary>
    [Theory]
    [InlineData("2", "2.000")]
    [InlineData("2.000", "2")]
    [InlineData("0.005", "0.00500")]
    public void Minus_AsMuchWithOtherDecimals_IsZero(string left, string right)
    {
        var difference = Of(left) - Of(right);
        difference.IsZero.ShouldBeTrue();
        (difference, decimal.IsNegative(difference.Value)).ShouldBe((Volume.Zero, false));
    }

    [Fact]
    public void Volume_BelowZero_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => Of("1") - Of("1.001"));

    private static Volume Of(string value) => new(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture));
}
