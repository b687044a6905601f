using QuantDash.Core.Notifications;

namespace QuantDash.Web.Features.Notifications;

/// <summary>What is remembered of one channel between turns: how fast it may be sent to, how long to leave it alone, and what waits for it.</summary>
internal sealed class ChannelLane(NotificationChannel channel, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _changedAt = channel.UpdatedAt;
    private Task _running = Task.CompletedTask;
    private DateTimeOffset _nextDueAt;
    private volatile ChannelHealth _health = new();

    public Guid Id => channel.Id;

    public Backoff Backoff { get; } = new(clock);

    public ChannelPace Pace { get; private init; } = new(ChannelLimit.Of(channel.Kind));

    public ChannelHealth Health => _health;

    /// <summary>There is something to send over it now.</summary>
    public bool IsWanted => _running.IsCompleted && _health.Waiting > 0 && clock.GetUtcNow() is var now && now >= _nextDueAt && Backoff.IsOver && Pace.Left(now) > 0;

    /// <summary>Itself, unless the channel was changed meanwhile: then one without its past, but for how fast it may be sent to.</summary>
    public ChannelLane Renewed(NotificationChannel now) => now.UpdatedAt == _changedAt ? this : new(now, clock) { Pace = Pace, _running = _running };

    public void Queue(ChannelQueue? queue)
    {
        _nextDueAt = queue?.NextDueAt ?? DateTimeOffset.MaxValue;
        Become(health => health with { Waiting = queue?.Count ?? 0 });
    }

    /// <summary>One that is still under way is left to its end.</summary>
    public Task Go(Func<Task> deliver) => _running = deliver();

    public void Succeeded(DateTimeOffset now)
    {
        Become(health => health with { LastError = null, Hint = null, LastSentAt = now });
        Backoff.Succeeded();
    }

    public void Refused(Delivery delivery) => Become(health => health with { LastError = delivery.Reason, Hint = delivery.Hint });

    public void Failed(Delivery delivery)
    {
        Refused(delivery);
        Backoff.Failed(delivery.RetryAfter);
    }

    private void Become(Func<ChannelHealth, ChannelHealth> next)
    {
        lock (_gate) _health = next(_health);
    }
}
