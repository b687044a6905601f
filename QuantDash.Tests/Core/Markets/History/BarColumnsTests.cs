using QuantDash.Core.Markets.History;
using static QuantDash.Tests.Core.Markets.History.HistorySamples;

namespace QuantDash.Tests.Core.Markets.History;

public sealed class BarColumnsTests
{
    [Fact]
    public void Of_ReadsBackWhatWasPutIn()
    {
        var bar = Bar(60_000, 100) with { High = 120, Low = 90, Close = 110, Volume = 0.005, OpenInterest = 7 };

        var bars = BarColumns.Of(Minute, 0.01m, [bar]);

        bars[0].ShouldBe(bar);
        (bars.Opens.Span[0], bars.Highs.Span[0], bars.Lows.Span[0], bars.Closes.Span[0]).ShouldBe((100, 120, 90, 110));
        (bars.Starts.Span[0], bars.Ends.Span[0], bars.Volumes.Span[0], bars.OpenInterests.Span[0]).ShouldBe((60_000, 120_000, 0.005, 7));
    }

    [Fact]
    public void Of_OverlappingBars_Throws() =>
        Should.Throw<ArgumentException>(() => BarColumns.Of(Minute, 0.01m, [Bar(0, 1, minutes: 2), Bar(60_000, 1)]));

    [Theory]
    [InlineData(0, 5, 5)]
    [InlineData(1, 3, 2)]
    [InlineData(3, 1, 0)]
    [InlineData(4, 99, 1)]
    public void Between_TakesBarsByTheirStart(int from, int to, int count)
    {
        var bars = Minutes(0, 10, 11, 12, 13, 14).Between(from * 60_000L, to * 60_000L);

        bars.Count.ShouldBe(count);
        if (count > 0) bars.Closes.Span[0].ShouldBe(10 + from);
    }
}
