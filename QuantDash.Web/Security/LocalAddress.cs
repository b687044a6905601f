namespace QuantDash.Web.Security;

/// <summary>Where a page may send its reader next: an address of ours, or the first page.</summary>
public static class LocalAddress
{
    private const int Longest = 512;

    // "//evil.example" and "/\evil.example" are addresses elsewhere, and browsers drop tabs and line ends before they read one.
    public static string Of(string? wanted) =>
        wanted is ['/', ..] && wanted is not ['/', '/' or '\\', ..] && wanted.Length <= Longest && !wanted.Any(char.IsControl) && !wanted.Contains('\\', StringComparison.Ordinal) ? wanted : "/";
}
