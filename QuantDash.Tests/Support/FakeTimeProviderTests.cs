namespace QuantDash.Tests.Support;

public sealed class FakeTimeProviderTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Timers_AdvancedPastSeveral_FireInOrderAtTheirOwnTime()
    {
        var start = _clock.GetUtcNow();
        var fired = new List<string>();
        using var late = Timer("late", 3);
        using var early = Timer("early", 1);

        _clock.Advance(TimeSpan.FromSeconds(5));

        fired.ShouldBe(["early 1", "late 3"]);
        _clock.GetUtcNow().ShouldBe(start.AddSeconds(5));

        ITimer Timer(string name, int seconds) => _clock.CreateTimer(
            _ => fired.Add($"{name} {(_clock.GetUtcNow() - start).TotalSeconds}"), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void PeriodicTimer_Advanced_FiresOnceAPeriodUntilDisposed()
    {
        var fired = 0;
        var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(2.5));
        fired.ShouldBe(3);

        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(2.5));
        fired.ShouldBe(3);
    }

    [Fact]
    public async Task Delay_Advanced_Ends()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock);
        _clock.WaitingTimers.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(59));
        delay.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }
}
