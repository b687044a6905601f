using System.Text.Json;

namespace QuantDash.Web.Api;

/// <summary>The snake_case names under which the members of an enum travel.</summary>
/// <remarks>Arrays for the reason that <see cref="Adapters.Storage.EnumText{T}"/> gives.</remarks>
public static class WireNames<T>
    where T : struct, Enum
{
    private static readonly T[] Members = Enum.GetValues<T>();
    private static readonly string[] Names = Array.ConvertAll(Enum.GetNames<T>(), JsonNamingPolicy.SnakeCaseLower.ConvertName);

    public static IReadOnlyCollection<string> All => Names;

    public static bool TryRead(string name, out T member)
    {
        var at = Array.IndexOf(Names, name);
        member = at >= 0 ? Members[at] : default;
        return at >= 0;
    }

    public static string Of(T member)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            if (EqualityComparer<T>.Default.Equals(Members[i], member)) return Names[i];
        }

        throw new ArgumentOutOfRangeException(nameof(member), member, $"no {typeof(T).Name}");
    }
}
