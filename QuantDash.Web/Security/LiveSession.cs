using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace QuantDash.Web.Security;

/// <summary>Ends the rights of an open page soon after its session has ended.</summary>
public sealed class LiveSession(ILoggerFactory log, SessionStamps stamps) : RevalidatingServerAuthenticationStateProvider(log)
{
    protected override TimeSpan RevalidationInterval => SessionStamps.Freshness;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        authenticationState.User.Identity?.AuthenticationType == ApiKeyAuthentication.SchemeName
        || await stamps.IsGoodAsync(authenticationState.User, cancellationToken);
}
