using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Positions;

/// <summary>Where stop, stop-limit and conditional orders are given and taken back. Answers once that is durable.</summary>
public interface IHeldCounter
{
    Task<Outcome<HeldPlaced>> HoldAsync(HeldRequest request);

    Task<Outcome<HeldOrder>> CancelAsync(Guid id);
}
