namespace QuantDash.Web.Security;

/// <summary>Headers that every answer carries, errors too. Scripts come from our own files only: there is no inline script anywhere.
/// Styles may be inline because charts and components position things with style attributes.</summary>
public static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static WebApplication UseSecurityHeaders(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            context.Response.OnStarting(static state => Write((HttpContext)state), context);
            return next(context);
        });
        return app;
    }

    private static Task Write(HttpContext context)
    {
        var headers = context.Response.Headers;
#pragma warning disable S7039 // the one relaxation is style attributes, see above
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
#pragma warning restore S7039
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        if (ProgramPaths.Contains(context.Request.Path) && !headers.ContainsKey("Cache-Control")) headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
