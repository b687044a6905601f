using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace QuantDash.Web.Security;

/// <summary>The one-time right to set the first administrator's password, printed at first start as notebooks do. It ends when used, after
/// 24 hours, or with the process.</summary>
public sealed class SetUpLink(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);
    private Issued? _issued;

    public string Issue()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _issued = new(token, clock.GetUtcNow() + Life);
        return token;
    }

    public bool Opens(string? token) =>
        token is not null && _issued is { } issued && clock.GetUtcNow() < issued.Until
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(issued.Token), Encoding.UTF8.GetBytes(token));

    /// <summary>True for exactly one caller.</summary>
    public bool Spend(string? token) => Opens(token) && Interlocked.Exchange(ref _issued, null) is not null;

    private sealed record Issued(string Token, DateTimeOffset Until);
}
