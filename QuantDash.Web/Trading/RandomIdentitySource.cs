using QuantDash.Core.Engine;

namespace QuantDash.Web.Trading;

/// <summary>Time-ordered random ids, so that new rows land at the end of their index.</summary>
internal sealed class RandomIdentitySource(TimeProvider clock) : IIdentitySource
{
    public Guid Next() => Guid.CreateVersion7(clock.GetUtcNow());
}
