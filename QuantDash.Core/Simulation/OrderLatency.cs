using QuantDash.Core.Orders;

namespace QuantDash.Core.Simulation;

/// <summary>How long an order is on its way to the simulated venue: a fixed time and a random one on top, the same for a seed.</summary>
public sealed record OrderLatency(TimeSpan Fixed, TimeSpan Jitter = default, ulong Seed = 1);

/// <summary>Orders and cancels on their way to the simulated venue: none overtakes another.</summary>
internal sealed class OrderLine(OrderLatency latency)
{
    private readonly Queue<(DateTimeOffset At, Order Order, bool IsCancel)> _underway = [];
    private readonly SeededRandom _random = new(latency.Seed);
    private DateTimeOffset _last;

    public void Send(Order order, bool isCancel)
    {
        var at = order.UpdatedAt + latency.Fixed + (latency.Jitter * _random.NextDouble());
        if (at < _last) at = _last;
        _last = at;
        _underway.Enqueue((at, order, isCancel));
    }

    /// <summary>The next one that has arrived by a time, as of its arrival.</summary>
    public bool TryArrive(DateTimeOffset now, out Order order, out bool isCancel)
    {
        (order, isCancel) = (null!, false);
        if (!_underway.TryPeek(out var next) || next.At > now) return false;
        _underway.Dequeue();
        (order, isCancel) = (next.Order with { UpdatedAt = next.At }, next.IsCancel);
        return true;
    }
}
