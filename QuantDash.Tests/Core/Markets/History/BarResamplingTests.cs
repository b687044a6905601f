using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;

namespace QuantDash.Tests.Core.Markets.History;

public sealed class BarResamplingTests
{
    private static readonly DateTimeOffset Nine = new(2024, 3, 4, 1, 0, 0, TimeSpan.Zero); // 09:00 on the exchange's clock.

    [Fact]
    public void LongerBars_TakeExtremesSumsAndEnds_OnTheExchangeClock()
    {
        // 09:03 to 09:11: 09:00–09:05 has two of them, 09:05–09:10 five, 09:10–09:15 two.
        var five = BarResampling.Resample(Minutes(3, 9, day: 1), Timeframe.Minutes(5), TimeSpan.FromHours(8));

        five.Key.Timeframe.ShouldBe(Timeframe.Minutes(5));
        five.Bars().Select(bar => (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume)).ShouldBe([(103, 114, 93, 104, 20), (105, 119, 95, 109, 50), (110, 121, 100, 111, 20)]);
        DateTimeOffset.FromUnixTimeMilliseconds(five[0].Start).ShouldBe(Nine.AddMinutes(3));
        DateTimeOffset.FromUnixTimeMilliseconds(five[0].End).ShouldBe(Nine.AddMinutes(5));
    }

    [Fact]
    public void Days_AreTradingDays()
    {
        var days = BarResampling.Resample(BarColumns.Of(Key(1), 1m, [.. Minutes(0, 3, day: 1).Bars(), .. Minutes(3, 2, day: 2).Bars()]), Timeframe.Day, TimeSpan.FromHours(8));

        days.Bars().Select(bar => (bar.TradingDay, bar.Open, bar.Close, bar.Volume)).ShouldBe([(1, 100, 102, 30), (2, 103, 104, 20)]);
    }

    [Fact]
    public void Timeframes_ThatDoNotDivide_CannotBeMade()
    {
        BarResampling.CanMake(Timeframe.Minutes(5), Timeframe.Minutes(15)).ShouldBeTrue();
        BarResampling.CanMake(Timeframe.Minutes(5), Timeframe.Day).ShouldBeTrue();
        BarResampling.CanMake(Timeframe.Minutes(5), Timeframe.Minutes(5)).ShouldBeTrue();
        BarResampling.CanMake(Timeframe.Minutes(3), Timeframe.Minutes(5)).ShouldBeFalse();
        BarResampling.CanMake(Timeframe.Minutes(15), Timeframe.Minutes(5)).ShouldBeFalse();
        var three = BarResampling.Resample(Minutes(0, 6, 1), Timeframe.Minutes(3), TimeSpan.Zero);
        Should.Throw<ArgumentException>(() => BarResampling.Resample(three, Timeframe.Minutes(5), TimeSpan.Zero));
    }

    private static BarColumns Minutes(int first, int count, int day) => BarColumns.Of(Key(1), 1m, [.. Enumerable.Range(first, count).Select(i => new HistoryBar
    {
        Start = Nine.AddMinutes(i).ToUnixTimeMilliseconds(), End = Nine.AddMinutes(i + 1).ToUnixTimeMilliseconds(), TradingDay = day,
        Open = 100 + i, High = 110 + i, Low = 90 + i, Close = 100 + i, Volume = 10,
    })]);

    private static BarKey Key(int minutes) => new(new("test"), Symbol.ParseCanonical("TEST.X"), Timeframe.Minutes(minutes));
}
