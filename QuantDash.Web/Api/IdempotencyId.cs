using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace QuantDash.Web.Api;

/// <summary>The id of what a write creates. With an <c>Idempotency-Key</c> it follows from caller and key, so that even a repeat after a crash,
/// before the answer was stored, names the same thing.</summary>
public static class IdempotencyId
{
    public const string Header = "Idempotency-Key";

    public static Guid For(HttpContext context, DateTimeOffset now)
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0) return Guid.CreateVersion7(now);
        var origin = $"{CallerOf(context.User)}\n{context.Request.Method} {context.Request.Path}\n{key}";
        return new(SHA256.HashData(Encoding.UTF8.GetBytes(origin)).AsSpan(0, 16));
    }

    public static string CallerOf(ClaimsPrincipal user) => $"{user.Identity?.AuthenticationType}:{user.FindFirstValue(ClaimTypes.NameIdentifier)}";
}
