using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace QuantDash.Web.Security;

/// <summary>Signs a program in by its key, from <c>X-API-Key</c> or <c>Authorization: Bearer</c>. A wrong key fails even beside a valid session.</summary>
public sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-API-Key";
    private const string Bearer = "Bearer";
    private const int LongestKey = 512;

    /// <summary>The key that a request offers; null when it offers none.</summary>
    public static string? Offered(HttpRequest request)
    {
        if (request.Headers.TryGetValue(Header, out var key)) return key.ToString().Trim();
        var words = request.Headers.Authorization.ToString().Split(' ', 2, StringSplitOptions.TrimEntries);
        if (!words[0].Equals(Bearer, StringComparison.OrdinalIgnoreCase)) return null;
        return words.Length == 2 ? words[1] : "";
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Offered(Request) is not { } key) return AuthenticateResult.NoResult();
        var holder = key.Length is > 0 and <= LongestKey ? await keys.FindAsync(key, Context.RequestAborted) : null;
        if (holder is null) return AuthenticateResult.Fail("Unknown or revoked key.");

        var identity = new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, holder.Id),
                new(ClaimTypes.Name, holder.Name),
                .. holder.Scopes.Select(s => new Claim(Scopes.Claim, s)),
            ],
            SchemeName);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), SchemeName));
    }
}
