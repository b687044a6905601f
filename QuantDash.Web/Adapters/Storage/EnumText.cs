namespace QuantDash.Web.Adapters.Storage;

/// <summary>An enum as the snake_case word that stands in the database: <c>WaitingConfirm</c> is <c>waiting_confirm</c>.</summary>
/// <remarks>Two short arrays, not two dictionaries: a dictionary over a value type is compiled anew for each enum there is, and with fifty of them that was a tenth of the time to start.</remarks>
internal static class EnumText<T>
    where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();
    private static readonly string[] Words = Array.ConvertAll(Enum.GetNames<T>(), SnakeCaseNames.Of);

    public static string Of(T value)
    {
        for (var i = 0; i < Values.Length; i++)
        {
            if (EqualityComparer<T>.Default.Equals(Values[i], value)) return Words[i];
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, $"no {typeof(T).Name}");
    }

    /// <summary>Throws <see cref="FormatException"/> on a word the enum does not have.</summary>
    public static T Parse(string word) =>
        Array.IndexOf(Words, word) is var at && at >= 0 ? Values[at] : throw new FormatException($"{typeof(T).Name} '{word}' is none of {string.Join(", ", Words)}.");

    /// <summary><c>'long', 'short'</c>: for CHECK constraints.</summary>
    public static string SqlList => string.Join(", ", Words.Select(word => $"'{word}'"));
}
