namespace QuantDash.Web.Security;

/// <summary>Addresses that programs use: they answer 401 and 403 with problem details and never redirect to a page.</summary>
public static class ProgramPaths
{
    private static readonly PathString[] Roots = ["/api", "/ws", "/hubs", "/metrics", "/openapi", "/docs", "/health", "/_blazor"];

    public static bool Contains(PathString path) => Array.Exists(Roots, r => path.StartsWithSegments(r, StringComparison.OrdinalIgnoreCase));
}
