using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Tests.Support;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Web.Live;

public sealed class SalesBoardTests
{
    private static readonly Source Feed = new() { Name = SampleSnapshot.Source, Clock = SourceClock.Wall, CreatedAt = SampleSnapshot.Now };

    [Fact]
    public void Latest_OfABurst_HasEveryTickInOrderWithoutHoles()
    {
        var board = new SalesBoard();
        board.Take([.. Enumerable.Range(0, 300).Select(i => Recorded(i))]);

        var latest = board.Latest(SampleSnapshot.Source, SampleSnapshot.Pta.Symbol, 200);
        latest.Select(sale => sale.Number).ShouldBe(Enumerable.Range(101, 200).Reverse().Select(n => (long)n));
        latest.ShouldAllBe(sale => sale.Volume == 1);
    }

    [Fact]
    public void Latest_OfMoreThanIsKept_IsTheNewest()
    {
        var board = new SalesBoard();
        board.Take([.. Enumerable.Range(0, 1200).Select(i => Recorded(i))]);
        var latest = board.Latest(SampleSnapshot.Source, SampleSnapshot.Pta.Symbol, 10_000);
        (latest.Count, latest[0].Number, latest[^1].Number).ShouldBe((500, 1200L, 701L));
    }

    [Fact]
    public void Latest_OfATickThatIsHeldBack_IsNothing()
    {
        var board = new SalesBoard();
        board.Take([Recorded(0) with { Held = true }]);
        board.Latest(SampleSnapshot.Source, SampleSnapshot.Pta.Symbol, 10).ShouldBeEmpty();
    }

    private static RecordedTick Recorded(int i)
    {
        var at = SampleSnapshot.Now.AddMilliseconds(i);
        var window = new SessionWindow(SessionPhase.Continuous, new(2026, 11, 20), SampleSnapshot.Now, SampleSnapshot.Now.AddHours(1));
        return new(Feed, SampleSnapshot.Pta, window, new() { OccurredAt = at, ReceivedAt = at, LastTicks = 2800 + (i % 3), DayVolume = i }, false);
    }
}
