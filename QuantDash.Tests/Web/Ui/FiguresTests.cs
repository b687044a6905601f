using System.Globalization;
using QuantDash.Web.Ui;

namespace QuantDash.Tests.Web.Ui;

public sealed class FiguresTests
{
    public FiguresTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("zh-CN");

    [Theory]
    [InlineData(1234567.891, 2, false, "1,234,567.89")]
    [InlineData(12480, 0, true, "+12,480")]
    [InlineData(-12480, 0, true, "-12,480")]
    [InlineData(0, 2, true, "0.00")]
    [InlineData(-0.001, 2, true, "0.00")]
    public void Number_IsGroupedAndSigned(double value, int places, bool signed, string expected) =>
        Figures.Number((decimal)value, places, signed).ShouldBe(expected);

    [Fact]
    public void Number_Unknown_IsADashAndNeverZero() => Figures.Number(null, 2).ShouldBe("—");

    [Fact]
    public void Percent_OfAFraction_IsTimesHundred() => Figures.Percent(0.0123m, 2, signed: true).ShouldBe("+1.23%");

    [Theory]
    [InlineData("0.2", 1)]
    [InlineData("5", 0)]
    [InlineData("0.02", 2)]
    [InlineData("0.0001", 4)]
    [InlineData("2.0", 0)]
    public void PlacesOf_ATick_AreWhatItsPricesNeed(string tick, int places) =>
        Figures.PlacesOf(decimal.Parse(tick, CultureInfo.InvariantCulture)).ShouldBe(places);
}
