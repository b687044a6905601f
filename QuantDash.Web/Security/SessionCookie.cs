using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace QuantDash.Web.Security;

/// <summary>The browser's session: a cookie that scripts cannot read, idle at most a day, never older than a fortnight.</summary>
public static class SessionCookie
{
    public const string SchemeName = "Session";
    public static readonly TimeSpan IdleLimit = TimeSpan.FromDays(1);
    public static readonly TimeSpan AbsoluteLimit = TimeSpan.FromDays(14);
    private const string StartedAt = "started_at";

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "quantdash.session";
        options.CookieManager = new HostCookies();
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = IdleLimit;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.LogoutPath = "/sign-out";
        options.AccessDeniedPath = "/sign-in";
        options.ReturnUrlParameter = "return_url";
        options.Events.OnValidatePrincipal = CheckAsync;
    }

    public static AuthenticationProperties Start(DateTimeOffset now) => new()
    {
        IsPersistent = true,
        Items = { [StartedAt] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
    };

    private static async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var young = context.Properties.Items.TryGetValue(StartedAt, out var text)
            && long.TryParse(text, CultureInfo.InvariantCulture, out var started)
            && now - DateTimeOffset.FromUnixTimeSeconds(started) < AbsoluteLimit;
        var sessions = services.GetRequiredService<Sessions>();
        if (young && context.Principal is { } user && await sessions.IsGoodAsync(user, context.HttpContext.RequestAborted)) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(SchemeName);
    }
}
