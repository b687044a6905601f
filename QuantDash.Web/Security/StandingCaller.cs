using System.Data.Common;

namespace QuantDash.Web.Security;

/// <summary>Whether who opened a connection may still have it: a key that was revoked and a session that was ended end what they opened, within half a minute.</summary>
public sealed class StandingCaller(ApiKeyRing keys, Sessions sessions)
{
    /// <param name="context">Of the connection, as it was authenticated.</param>
    /// <param name="scope">What it needs.</param>
    /// <param name="stop">Ends the asking.</param>
    public async Task<bool> IsGoodAsync(HttpContext context, string scope, CancellationToken stop)
    {
        try
        {
            if (ApiKeyAuthentication.Offered(context.Request) is { } key) return await keys.FindAsync(key, stop) is { } holder && holder.Scopes.Contains(scope, StringComparer.Ordinal);
            return await sessions.IsGoodAsync(context.User, stop);
        }
        catch (Exception error) when (error is DbException or TimeoutException or InvalidOperationException { InnerException: DbException })
        {
            return true; // The database is away, which is when a program must hear of it. Asked again in a moment.
        }
    }
}
