using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Features.Locks;
using QuantDash.Web.Features.Positions;

namespace QuantDash.Tests.Support;

/// <summary>Takes every wish and remembers it; <see cref="Refusal"/> makes it refuse.</summary>
internal sealed class SampleLockDesk : ILockDesk
{
    public List<LockRule> Saved { get; } = [];
    public List<Guid> Deleted { get; } = [];
    public List<(Guid Trigger, Price? Shown, bool Force)> Confirmed { get; } = [];
    public List<Guid> Cancelled { get; } = [];
    public Problem? Refusal { get; set; }

    public Task<Outcome<LockRule>> SaveAsync(LockRule rule)
    {
        Saved.Add(rule);
        return Answer(rule);
    }

    public Task<Outcome<LockRule>> DeleteAsync(Guid ruleId)
    {
        Deleted.Add(ruleId);
        return Answer(SampleSnapshot.At(SampleSnapshot.Now).Rules[0].Rule);
    }

    public Task<Outcome<LockTrigger>> ConfirmAsync(Guid triggerId, Price? shown, bool force)
    {
        Confirmed.Add((triggerId, shown, force));
        return Answer(SampleSnapshot.At(SampleSnapshot.Now).Triggers[0]);
    }

    public Task<Outcome<LockTrigger>> CancelAsync(Guid triggerId)
    {
        Cancelled.Add(triggerId);
        return Answer(SampleSnapshot.At(SampleSnapshot.Now).Triggers[0]);
    }

    private Task<Outcome<T>> Answer<T>(T value) => Task.FromResult(Refusal is { } problem ? Outcome<T>.Failure([problem]) : Outcome<T>.Success(value));
}

/// <summary>Takes every order and remembers it.</summary>
internal sealed class SampleOrderCounter : IOrderCounter
{
    public List<OrderRequest> Placed { get; } = [];

    public Task<Outcome<Order>> PlaceAsync(OrderRequest request)
    {
        Placed.Add(request);
        return Task.FromResult(Outcome<Order>.Success(SampleSnapshot.At(SampleSnapshot.Now).Orders[0]));
    }

    public Task<Outcome<Order>> CancelAsync(ClientOrderId id) => Task.FromResult(Outcome<Order>.Success(SampleSnapshot.At(SampleSnapshot.Now).Orders[0]));
}

internal sealed class SampleServices(DateTimeOffset now) : IServiceStatusBoard
{
    public Task SaveAsync(ServiceStatus status, CancellationToken stop = default) => Task.CompletedTask;

    public Task<IReadOnlyList<ServiceStatus>> AllAsync(CancellationToken stop = default) => Task.FromResult<IReadOnlyList<ServiceStatus>>(
        [new("lock_trigger", "running", now), new("journal", "running", now), new("demo_feed", "failed", now - TimeSpan.FromMinutes(3), "feed ended", 2)]);
}
