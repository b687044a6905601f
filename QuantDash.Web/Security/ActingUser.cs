using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using QuantDash.Core.Audit;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Security;

/// <summary>Names whoever is signed in as the one who acts: for a request, and for everything that happens on an open page. A page's rights are asked at every event: no policy of
/// an endpoint stands before them, and they may have ended since the page was opened.</summary>
internal sealed class ActingUser(AuthenticationStateProvider authentication) : CircuitHandler
{
    private static readonly Actor Nobody = Actor.Of(ActorKind.User, null);

    public static async Task OfRequestAsync(HttpContext context, RequestDelegate next)
    {
        using (Acting.As(Of(context.User))) await next(context);
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        using (Acting.As(OfPage(user), ScopesOf(user))) await next(activity);
    };

    public static Actor Of(ClaimsPrincipal user) => user.Identity switch
    {
        { IsAuthenticated: true, AuthenticationType: ApiKeyAuthentication.SchemeName } identity => Actor.Of(ActorKind.Key, identity.Name),
        { IsAuthenticated: true } identity => Actor.Of(ActorKind.User, identity.Name),
        _ => Actor.Engine,
    };

    /// <summary>A page whose session has ended is nobody's: least of all the engine's.</summary>
    internal static Actor OfPage(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true } ? Of(user) : Nobody;

    internal static IReadOnlySet<string> ScopesOf(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } ? user.FindAll(Scopes.Claim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal) : new HashSet<string>();
}
