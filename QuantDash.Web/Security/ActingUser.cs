using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using QuantDash.Core.Audit;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Security;

/// <summary>Names whoever is signed in as the one who acts: for a request, and for everything that happens on an open page.</summary>
internal sealed class ActingUser(AuthenticationStateProvider authentication) : CircuitHandler
{
    public static async Task OfRequestAsync(HttpContext context, RequestDelegate next)
    {
        using (Acting.As(Of(context.User))) await next(context);
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        var state = await authentication.GetAuthenticationStateAsync();
        using (Acting.As(Of(state.User))) await next(activity);
    };

    public static Actor Of(ClaimsPrincipal user) => user.Identity switch
    {
        { IsAuthenticated: true, AuthenticationType: ApiKeyAuthentication.SchemeName } identity => Actor.Of(ActorKind.Key, identity.Name),
        { IsAuthenticated: true } identity => Actor.Of(ActorKind.User, identity.Name),
        _ => Actor.Engine,
    };
}
