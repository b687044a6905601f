using QuantDash.Core.Markets.History;

namespace QuantDash.Tests.Core.Markets.History;

public sealed class TimeframeTests
{
    [Theory]
    [InlineData("1m", "1m", 1)]
    [InlineData("5m", "5m", 5)]
    [InlineData("60m", "1h", 60)]
    [InlineData("90m", "90m", 90)]
    [InlineData("4h", "4h", 240)]
    [InlineData("1d", "1d", 1440)]
    public void TryParse_OfWhatIsWritten_ReadsItBack(string text, string written, int minutes)
    {
        Timeframe.TryParse(text, out var timeframe).ShouldBeTrue();

        (timeframe.ToString(), timeframe.Length).ShouldBe((written, TimeSpan.FromMinutes(minutes)));
        timeframe.IsDay.ShouldBe(minutes == 1440);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("0m")]
    [InlineData("721m")]
    [InlineData("13h")]
    [InlineData("2d")]
    [InlineData("-5m")]
    [InlineData("5M")]
    [InlineData("5 m")]
    public void TryParse_OfAnythingElse_Refuses(string? text) => Timeframe.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Order_IsByLength() => Timeframe.Common.ShouldBe(Timeframe.Common.Order());
}
