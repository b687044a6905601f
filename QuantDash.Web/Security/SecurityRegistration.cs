using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using QuantDash.Web.Adapters.Storage;
using QuantDash.Web.Supervision;

namespace QuantDash.Web.Security;

public static class SecurityRegistration
{
    public const string AntiforgeryHeader = "X-CSRF-Token";
    private const string EitherScheme = "SessionOrKey";

    public static IServiceCollection AddSecurity(this IServiceCollection services) => services.AddAccessControl().AddHostedService<FirstStart>().AddSingleton<SessionLedger>().AddSupervised<SessionLedger>();

    /// <summary>Who may do what, without the first administrator, who is the trader's business.</summary>
    public static IServiceCollection AddAccessControl(this IServiceCollection services)
    {
        services.AddProtectionKeys();
        services.AddIdentityCore<AppUser>(RelaxComposition)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<QuantDashContext>()
            .AddClaimsPrincipalFactory<ScopeClaims>();

        services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, null, o => o.ForwardDefaultSelector =
                c => ApiKeyAuthentication.Offered(c.Request) is null ? SessionCookie.SchemeName : ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null)
            .AddCookie(SessionCookie.SchemeName, SessionCookie.Configure);
        services.AddAuthorization(ClosedByDefault);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationAnswers>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, LiveSession>();
        services.AddScoped<CircuitHandler, ActingUser>();
        services.AddScoped<IPersonalLook, PersonalLook>();
        services.AddSingleton<OpenWindows>();
        services.AddScoped<CircuitHandler, CircuitLimit>();
        services.AddAntiforgery(o =>
        {
            o.HeaderName = AntiforgeryHeader;
            o.Cookie.Name = "quantdash.antiforgery";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.SuppressXFrameOptionsHeader = true; // SecurityHeaders writes a stricter one
        });

        services.AddSingleton<ApiKeyRing>().AddSingleton<Sessions>().AddSingleton<SignInThrottle>().AddSingleton<SetUpLink>();
        services.AddSingleton<SecurityNotes>().AddSingleton<SecondFactor>().AddSingleton<Invitations>().AddSingleton<IReconfirmation, Reconfirmation>();
        services.AddScoped<AdminAccount>().AddScoped<SignInDesk>().AddScoped<SessionStart>().AddScoped<SetUpDesk>();
        return services;
    }

    /// <summary>After <c>UseSecurityHeaders</c> and <c>UseProblems</c>, before every endpoint.</summary>
    public static WebApplication UseSecurity(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(next => context => ActingUser.OfRequestAsync(context, next));
        app.UseOriginGuard();
        app.UseAuthorization();
        app.UseAntiforgery();
        return app;
    }

    // Nothing is open but what says AllowAnonymous: the fallback holds for requests without an endpoint too.
    private static void ClosedByDefault(AuthorizationOptions options)
    {
        foreach (var scope in Scopes.All) options.AddPolicy(scope, p => p.RequireAuthenticatedUser().RequireClaim(Scopes.Claim, scope));
        options.DefaultPolicy = options.GetPolicy(Scopes.Read)!;
        options.FallbackPolicy = options.DefaultPolicy;
    }

    private static void RelaxComposition(IdentityOptions options)
    {
        options.Password.RequiredLength = PasswordRules.ShortestConfigured;
        options.Password.RequireDigit = options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
    }
}
