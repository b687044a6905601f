using QuantDash.Core.Performance;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Performance;

public sealed class ExchangeRatesTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 0, 0, 0, TimeSpan.Zero);
    private static readonly ExchangeRates Rates = new([new(Currency.Usd, Currency.Cny, 7.10m, Monday), new(Currency.Usd, Currency.Cny, 7.20m, Monday.AddDays(2)), new(Currency.Cny, Currency.Hkd, 1.25m, Monday)]);

    [Fact]
    public void Convert_TakesTheLatestRateOfThatTime()
    {
        Rates.Convert(new(100m, Currency.Usd), Currency.Cny, Monday.AddDays(1)).ShouldBe(new(710m, Monday));
        Rates.Convert(new(100m, Currency.Usd), Currency.Cny, Monday.AddDays(9)).ShouldBe(new(720m, Monday.AddDays(2)));
        Rates.Convert(new(100m, Currency.Usd), Currency.Cny, Monday.AddDays(-1)).ShouldBeNull("none was known then");
    }

    [Fact]
    public void Convert_TheOtherWay_Divides() => Rates.Convert(new(125m, Currency.Hkd), Currency.Cny, Monday).ShouldBe(new(100m, Monday));

    [Fact]
    public void Convert_OverAThirdCurrency_IsNotGuessed() => Rates.Convert(new(1m, Currency.Usd), Currency.Hkd, Monday.AddDays(3)).ShouldBeNull();

    [Fact]
    public void Convert_TheSameCurrency_NeedsNoRate() => ExchangeRates.None.Convert(new(5m, Currency.Cny), Currency.Cny, Monday).ShouldBe(new(5m, null));
}
