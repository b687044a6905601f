using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Security;

/// <summary>Programs are told 401 or 403 and why; browsers are sent to the sign-in page.</summary>
public sealed class AuthorizationAnswers : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _pages = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return _pages.HandleAsync(next, context, policy, authorizeResult);
        if (!ProgramPaths.Contains(context.Request.Path))
        {
            // Whoever is signed in and may not see a page is told so: signing in again would lead back to it.
            return authorizeResult.Forbidden
                ? ProblemPage.ExecuteAsync(context, ProblemKind.Forbidden, new Core.Primitives.Problem("", "not_your_page"))
                : _pages.HandleAsync(next, context, policy, authorizeResult);
        }

        return authorizeResult.Challenged ? ChallengeAsync(context) : ForbidAsync(context, policy);
    }

    private static Task ChallengeAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"QuantDash\"";
        var code = ApiKeyAuthentication.Offered(context.Request) is null ? "not_signed_in" : "wrong_key";
        return ProblemAnswer.Of(ProblemKind.Unauthorized, code).ExecuteAsync(context);
    }

    private static Task ForbidAsync(HttpContext context, AuthorizationPolicy policy)
    {
        var wanted = policy.Requirements.OfType<ClaimsAuthorizationRequirement>().SelectMany(r => r.AllowedValues ?? []);
        return ProblemAnswer.Of(ProblemKind.Forbidden, "missing_scope", wanted.ToArray()).ExecuteAsync(context);
    }
}
