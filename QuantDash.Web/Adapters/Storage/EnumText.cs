using System.Collections.Frozen;

namespace QuantDash.Web.Adapters.Storage;

/// <summary>An enum as the snake_case word that stands in the database: <c>WaitingConfirm</c> is <c>waiting_confirm</c>.</summary>
internal static class EnumText<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Words = Enum.GetValues<T>().ToFrozenDictionary(v => v, v => SnakeCaseNames.Of(v.ToString()));
    private static readonly FrozenDictionary<string, T> Values = Words.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    public static string Of(T value) => Words[value];

    /// <summary>Throws <see cref="FormatException"/> on a word the enum does not have.</summary>
    public static T Parse(string word)
        => Values.TryGetValue(word, out var value) ? value : throw new FormatException($"{typeof(T).Name} '{word}' is none of {string.Join(", ", Words.Values)}.");

    /// <summary><c>'long', 'short'</c>: for CHECK constraints.</summary>
    public static string SqlList => string.Join(", ", Enum.GetValues<T>().Select(v => $"'{Words[v]}'"));
}
