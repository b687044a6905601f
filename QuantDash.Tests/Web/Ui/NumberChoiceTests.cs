using System.Globalization;
using QuantDash.Web.Ui;

namespace QuantDash.Tests.Web.Ui;

public sealed class NumberChoiceTests
{
    [Theory]
    [InlineData("Thousands.cents.plain", "12,345,678.90", "+12,345,678.90", "1,234")]
    [InlineData("TenThousands.cents.plain", "1234,5678.90", "+1234,5678.90", "1234")]
    [InlineData("None.cents.plain", "12345678.90", "+12345678.90", "1234")]
    [InlineData("Thousands.whole.plain", "12,345,678.90", "+12,345,679", "1,234")]
    [InlineData("Thousands.cents.big", "12,345,678.90", "+1,234.57万", "1,234")]
    public void Numbers_AsTheReaderChose(string cookie, string exact, string headline, string volume)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (new ReaderCulture("zh-CN", NumberChoice.Parse(cookie)), CultureInfo.GetCultureInfo("zh-CN"));
        (Figures.Number(12_345_678.9m, 2), Figures.Money(12_345_678.9m, signed: true), Figures.Volume(1234)).ShouldBe((exact, headline, volume));
    }

    [Theory]
    [InlineData(-123_456_789, "zh-CN", "-1.23亿")]
    [InlineData(9_999.5, "zh-CN", "9,999.50")]
    [InlineData(123_456_789, "en", "123,456,789.00")]
    public void BigUnits_AreForChineseAndForWhatIsBig(double amount, string language, string shown)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (new ReaderCulture(language, new(NumberGrouping.Thousands, false, BigUnits: true)), CultureInfo.GetCultureInfo(language));
        Figures.Money((decimal)amount).ShouldBe(shown);
        Figures.Money(null).ShouldBe(Figures.Unknown);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Thousands.cents")]
    [InlineData("7.cents.plain")]
    [InlineData("<script>.x.y")]
    public void Cookie_ThatCannotBeRead_IsTheUsual(string? cookie) => NumberChoice.Parse(cookie).ShouldBe(NumberChoice.Usual);

    [Fact]
    public void Cookie_IsReadBackAsItWasWritten() => NumberChoice.Parse(new NumberChoice(NumberGrouping.TenThousands, true, true).ToString()).ShouldBe(new(NumberGrouping.TenThousands, true, true));
}
