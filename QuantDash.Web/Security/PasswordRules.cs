using QuantDash.Core.Primitives;

namespace QuantDash.Web.Security;

/// <summary>What a password must be: long, not composed. Length beats symbols (NIST SP 800-63B).</summary>
public static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 256;

    /// <summary>A password given in the configuration is the operator's own choice, down to this length.</summary>
    public const int ShortestConfigured = 8;
    private const int FewestDifferent = 5;
    private static readonly string[] Common = 
    [
        "password", "passw0rd", "qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm", "zxcvbn", "1qaz2wsx", "qazwsx", "1q2w3e4r", "1234567890", "123456789", "12345678", "123456", "123123", "987654321", "654321",
        "111111", "000000", "666666", "888888", "5201314", "woaini", "abcdef", "abc123", "letmein", "welcome", "iloveyou", "monkey", "dragon", "football", "baseball", "basketball", "sunshine", "princess",
        "superman", "batman", "trustno1", "master", "shadow", "michael", "jordan", "changeme", "default", "secret", "admin", "administrator", "root", "user", "login", "test", "trader", "trading", "quantdash",
    ];

    public static IReadOnlyList<Problem> Check(string field, string password)
    {
        if (password.Length < Shortest) return [new(field, "password_too_short", Shortest)];
        if (password.Length > Longest) return [new(field, "password_too_long", Longest)];
        return IsTooSimple(password) ? [new(field, "password_too_simple")] : [];
    }

    /// <summary>What is left without the words that everybody tries first is too short to count, or repeats few characters.</summary>
    private static bool IsTooSimple(string password)
    {
        var rest = Common.Aggregate(password, (text, word) => text.Replace(word, "", StringComparison.OrdinalIgnoreCase));
        return rest.Length < Shortest / 2 || password.Distinct().Count() < FewestDifferent;
    }
}
