using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Tests.Support;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Web.Live;

public sealed class PriceBoardTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);
    private static readonly Source Source = new() { Name = new("demo"), Clock = SourceClock.Wall, CreatedAt = Start };
    private readonly PriceBoard _board = new(new BarBoard(null!, null!));

    [Fact]
    public void Points_TicksThatNobodyWatched_AreThereForThePageThatComes()
    {
        _board.Take([Recorded(0, 2800), Recorded(5, 2801), Recorded(10, 2802)]);

        Points().ShouldBe([5600, 5602, 5604]);
    }

    [Fact]
    public void Points_HeldSpike_IsNotDrawn()
    {
        _board.Take([Recorded(0, 2800), Recorded(5, 9000, held: true)]);

        Points().ShouldBe([5600]);
    }

    [Fact]
    public void Points_NextTradingDay_BeginsAnew()
    {
        _board.Take([Recorded(0, 2800)]);
        _board.Take([Recorded(86_400, 2900, day: 1)]);

        Points().ShouldBe([5800]);
    }

    [Fact]
    public void Points_OtherSource_AreNeverMixed()
    {
        _board.Take([Recorded(0, 2800)]);

        _board.Points(new("replay"), SampleSnapshot.Pta.Symbol).ShouldBeEmpty();
    }

    private IEnumerable<double> Points() => _board.Points(Source.Name, SampleSnapshot.Pta.Symbol).Select(p => p.Price);

    private static RecordedTick Recorded(int seconds, long ticks, bool held = false, int day = 0)
    {
        var at = Start.AddSeconds(seconds);
        var window = new SessionWindow(SessionPhase.Continuous, new DateOnly(2026, 11, 20).AddDays(day), Start.AddDays(day), Start.AddDays(day).AddHours(2));
        return new(Source, SampleSnapshot.Pta, window, new Tick { OccurredAt = at, ReceivedAt = at, LastTicks = ticks }, held);
    }
}
