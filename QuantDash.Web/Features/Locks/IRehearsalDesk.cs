using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Locks;

/// <summary>Rehearses what would become of an account; nothing is changed by it.</summary>
public interface IRehearsalDesk
{
    Task<Outcome<IReadOnlyList<RehearsalOutcome>>> RunAsync(RehearsalRequest request, CancellationToken stop = default);
}
