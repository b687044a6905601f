using System.Text.Json;

namespace QuantDash.Web.Api;

/// <summary>The snake_case names under which the members of an enum travel.</summary>
public static class WireNames<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Members =
        Enum.GetValues<T>().ToDictionary(m => JsonNamingPolicy.SnakeCaseLower.ConvertName(m.ToString()), StringComparer.Ordinal);

    private static readonly Dictionary<T, string> Names = Members.ToDictionary(m => m.Value, m => m.Key);

    public static IReadOnlyCollection<string> All => Members.Keys;

    public static bool TryRead(string name, out T member) => Members.TryGetValue(name, out member);

    public static string Of(T member) => Names[member];
}
