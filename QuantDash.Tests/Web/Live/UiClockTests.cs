using QuantDash.Tests.Support;
using QuantDash.Web.Live;

namespace QuantDash.Tests.Web.Live;

public sealed class UiClockTests
{
    [Fact]
    public void Ticks_EverySecond_TellTheTime()
    {
        var time = new FakeTimeProvider();
        var start = time.GetUtcNow();
        using var clock = new UiClock(time);

        time.Advance(TimeSpan.FromSeconds(3));

        clock.Ticks.Current.Now.ShouldBe(start + TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Dispose_NoTickFollows()
    {
        var time = new FakeTimeProvider();
        var clock = new UiClock(time);
        var last = clock.Ticks.Current;

        clock.Dispose();
        time.Advance(TimeSpan.FromSeconds(3));

        clock.Ticks.Current.ShouldBeSameAs(last);
    }
}
