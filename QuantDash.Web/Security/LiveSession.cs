using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace QuantDash.Web.Security;

/// <summary>Ends the rights of an open page soon after its session has ended.</summary>
public class LiveSession(ILoggerFactory log, Sessions sessions) : RevalidatingServerAuthenticationStateProvider(log)
{
    /// <summary>With <see cref="Sessions.Freshness"/>, what was revoked in another process too is gone from an open page within half a minute.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    protected override TimeSpan RevalidationInterval => Pace;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        authenticationState.User.Identity?.AuthenticationType == ApiKeyAuthentication.SchemeName
        || await sessions.IsGoodAsync(authenticationState.User, cancellationToken);
}
