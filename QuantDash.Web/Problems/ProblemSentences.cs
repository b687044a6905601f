using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.Json;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Problems;

/// <summary>Writes a problem as a sentence in the reader's language, from <c>Problems.resx</c> (key = code).</summary>
public static class ProblemSentences
{
    private const int LongestValue = 80;
    private static readonly ResourceManager Sentences = new("QuantDash.Web.Problems.Problems", typeof(ProblemSentences).Assembly);

    /// <summary>The sentence, or the bare code and values when nobody has written one: a missing text must not hide the mistake.</summary>
    public static string Write(Problem problem, CultureInfo language) =>
        Sentences.GetString(problem.Code, language) is { } sentence
            ? Counted.SingularIn(language, Fill(sentence, problem.Values))
            : string.Join(' ', [problem.Code, .. problem.Values.Select(Show)]);

    /// <summary>The short title of a kind of failure.</summary>
    public static string Title(string name, CultureInfo language) => Sentences.GetString("title." + name, language) ?? name;

    private static string Fill(string sentence, IReadOnlyList<object?> values)
    {
        var shown = new object[Math.Max(values.Count, 4)];
        for (var i = 0; i < shown.Length; i++) shown[i] = i < values.Count ? Show(values[i]) : "";
        return string.Format(CultureInfo.InvariantCulture, sentence, shown);
    }

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => text.Length > LongestValue ? text[..LongestValue] + "…" : text,
        decimal number => number.ToString("0.##########################", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        Enum name => JsonNamingPolicy.SnakeCaseLower.ConvertName(name.ToString()),
        IEnumerable many => string.Join(", ", many.Cast<object?>().Select(Show)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
