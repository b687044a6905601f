using QuantDash.Web.Problems;

namespace QuantDash.Web.Security;

/// <summary>Refuses what another site makes a browser send: foreign handshakes, foreign posts, and writes on a session without the page's token.
/// Programs send no Origin and use keys, so none of this concerns them.</summary>
public static class OriginGuard
{
    public static WebApplication UseOriginGuard(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (await RefusalAsync(context) is { } refusal) await refusal.ExecuteAsync(context);
            else await next(context);
        });
        return app;
    }

    private static async Task<ProblemAnswer?> RefusalAsync(HttpContext context)
    {
        var request = context.Request;
        if (IsRead(request) && !context.WebSockets.IsWebSocketRequest && !request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)) return null;
        var byKey = context.User.Identity?.AuthenticationType == ApiKeyAuthentication.SchemeName;
        if (IsForeign(request) && (!byKey || context.WebSockets.IsWebSocketRequest))
            return ProblemAnswer.Of(ProblemKind.Forbidden, "foreign_origin", request.Headers.Origin.ToString());

        var bySession = !byKey && context.User.Identity is { IsAuthenticated: true };
        return bySession && !IsRead(request) && request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !await HasTokenAsync(context)
            ? ProblemAnswer.Of(ProblemKind.Forbidden, "antiforgery")
            : null;
    }

    private static bool IsRead(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);

    // The authority is compared, not the scheme: behind a TLS proxy the browser says https and we hear http.
    private static bool IsForeign(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return false;
        return !Uri.TryCreate(origin, UriKind.Absolute, out var from)
            || !string.Equals(from.Authority, Authority(request, from.Scheme), StringComparison.OrdinalIgnoreCase);
    }

    private static string Authority(HttpRequest request, string scheme) =>
        Uri.TryCreate($"{scheme}://{request.Host.ToUriComponent()}", UriKind.Absolute, out var ours) ? ours.Authority : "";

    private static async Task<bool> HasTokenAsync(HttpContext context)
    {
        var antiforgery = context.RequestServices.GetRequiredService<Microsoft.AspNetCore.Antiforgery.IAntiforgery>();
        return context.Request.Headers.ContainsKey(SecurityRegistration.AntiforgeryHeader) && await antiforgery.IsRequestValidAsync(context);
    }
}
