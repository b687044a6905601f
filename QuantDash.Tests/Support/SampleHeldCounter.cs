using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Features.Positions;

namespace QuantDash.Tests.Support;

/// <summary>Holds whatever it is given.</summary>
internal sealed class SampleHeldCounter : IHeldCounter
{
    public List<HeldRequest> Placed { get; } = [];
    public List<Guid> Cancelled { get; } = [];
    public Problem? Refusal { get; set; }

    /// <summary>What is held is answered when this has ended.</summary>
    public Task Ends { get; set; } = Task.CompletedTask;

    public static HeldOrder Held(HeldRequest request, HeldState state = HeldState.Waiting) => new()
    {
        Id = new("77777777-7777-4777-8777-777777777777"), Order = request.Order, Kind = request.Kind, Level = request.Level,
        Comparison = request.Comparison ?? HeldOrder.ImpliedBy(request.Order.OrderSide), PriceSource = request.PriceSource, State = state, Sequence = 1, CreatedAt = SampleSnapshot.Now, UpdatedAt = SampleSnapshot.Now,
    };

    public async Task<Outcome<HeldPlaced>> HoldAsync(HeldRequest request)
    {
        if (Refusal is { } problem) return Outcome<HeldPlaced>.Failure([problem]);
        Placed.Add(request);
        await Ends;
        return Outcome<HeldPlaced>.Success(new(Held(request), TriggersAtOnce: false));
    }

    public Task<Outcome<HeldOrder>> CancelAsync(Guid id)
    {
        Cancelled.Add(id);
        return Task.FromResult(Outcome<HeldOrder>.Failure("id", "already_final", HeldState.Triggered));
    }
}
