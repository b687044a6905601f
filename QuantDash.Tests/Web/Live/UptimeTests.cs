using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;
using QuantDash.Web.Features.SystemStatus;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Web.Live;

public sealed class UptimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Feed_IsUpWhileOneContractInSessionIsLive()
    {
        var uptime = new FeedUptime();
        var name = new SourceName("feed");
        uptime.Of(name).Ratio.ShouldBeNull("nothing was counted");
        uptime.Count(Snapshot(name, SourceClock.Wall, QuoteHealth.Live, QuoteHealth.Stale), 3 * Second);
        uptime.Count(Snapshot(name, SourceClock.Wall, QuoteHealth.Stale, QuoteHealth.Closed), Second);
        uptime.Count(Snapshot(name, SourceClock.Wall, QuoteHealth.Closed, QuoteHealth.Closed), 100 * Second);
        uptime.Count(Snapshot(name, SourceClock.Wall), 100 * Second);
        uptime.Of(name).ShouldBe(new(3 * Second, 4 * Second));
    }

    [Fact]
    public void Feed_ThatIsTheClock_IsNotCounted()
    {
        var uptime = new FeedUptime();
        uptime.Count(Snapshot(new("replay"), SourceClock.Ticks, QuoteHealth.Live), Second);
        uptime.All.ShouldBeEmpty();
    }

    [Fact]
    public void Pages_AreCountedTogether()
    {
        var uptime = new ScreenUptime();
        uptime.Count(open: 0, connected: 0, Second);
        uptime.Share.Ratio.ShouldBeNull();
        uptime.Count(open: 4, connected: 3, 2 * Second);
        uptime.Count(open: 1, connected: 2, 2 * Second);
        uptime.Share.ShouldBe(new(8 * Second, 10 * Second));
    }

    /// <summary>99.96 % is not all of the time.</summary>
    [Fact]
    public void Percent_IsNeverRoundedUp() => SourceRow.Percent(new(TimeSpan.FromSeconds(9996), TimeSpan.FromSeconds(10_000))).ShouldBe(0.999m);

    private static EngineSnapshot Snapshot(SourceName name, SourceClock clock, params QuoteHealth[] quotes)
    {
        var sample = SampleSnapshot.At(SampleSnapshot.Now);
        return sample with
        {
            Sources = [sample.Sources[0] with { Source = sample.Sources[0].Source with { Name = name, Clock = clock } }],
            Quotes = [.. quotes.Select(health => sample.Quotes[0] with { Source = name, Health = health })],
        };
    }
}
