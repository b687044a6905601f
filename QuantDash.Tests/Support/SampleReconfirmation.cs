using System.Security.Claims;
using QuantDash.Web.Security;

namespace QuantDash.Tests.Support;

/// <summary>Somebody who has just shown who it is, unless a test says otherwise.</summary>
internal sealed class SampleReconfirmation : IReconfirmation
{
    public bool IsFresh { get; set; } = true;

    public string Secret { get; set; } = "right";

    public ValueTask<bool> IsFreshAsync(ClaimsPrincipal user) => ValueTask.FromResult(IsFresh);

    public Task<ReconfirmOutcome> ConfirmAsync(ClaimsPrincipal user, string secret)
    {
        IsFresh = secret == Secret;
        return Task.FromResult(IsFresh ? ReconfirmOutcome.Confirmed : ReconfirmOutcome.Wrong);
    }
}
