using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace QuantDash.Web.Security;

/// <summary>Makes and hashes keys: <c>qd_</c> and 256 random bits.</summary>
public static class ApiKeyToken
{
    private const string Mark = "qd_";
    private const int PrefixLength = 11;

    public static string New() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string PrefixOf(string key) => key[..PrefixLength];

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
