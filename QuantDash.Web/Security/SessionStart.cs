using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace QuantDash.Web.Security;

/// <summary>Opens a session for whoever has shown everything there is to show: a new one each time, whatever the browser held before.</summary>
public sealed class SessionStart(UserManager<AppUser> users, IUserClaimsPrincipalFactory<AppUser> principals, Sessions sessions, TimeProvider clock)
{
    public async Task OpenAsync(HttpContext context, AppUser user)
    {
        user.LastSignInAt = clock.GetUtcNow();
        await users.UpdateAsync(user);
        var id = await sessions.StartAsync(user.Id, AddressOf(context), Device.Of(context.Request.Headers.UserAgent.ToString()), context.RequestAborted);
        var principal = await principals.CreateAsync(user);
        principal.Identities.First().AddClaim(new(Sessions.Claim, id.ToString("D")));
        PersonalLook.Apply(context, user);
        await context.SignInAsync(SessionCookie.SchemeName, principal, SessionCookie.Start(clock.GetUtcNow()));
    }

    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
