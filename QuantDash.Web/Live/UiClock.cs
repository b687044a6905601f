namespace QuantDash.Web.Live;

/// <summary>One clock for every age and countdown on every screen, so that rows need no timers of their own.</summary>
public sealed class UiClock : IDisposable
{
    private readonly ITimer _timer;

    public UiClock(TimeProvider time)
    {
        Ticks = new(new(time.GetUtcNow()));
        _timer = time.CreateTimer(_ => Ticks.Publish(new(time.GetUtcNow())), null, Paces.Ages, Paces.Ages);
    }

    public LiveState<ClockTick> Ticks { get; }

    public void Dispose() => _timer.Dispose();
}

public sealed record ClockTick(DateTimeOffset Now);
