using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace QuantDash.Web.Ui;

/// <summary>Texts with a number of things in them: in English one lot is not "1 lots", and it does not "are". Chinese has no plural.</summary>
public static partial class Counted
{
    private static readonly Dictionary<string, string> OfOne = new(StringComparer.Ordinal)
    {
        ["are"] = "is", ["were"] = "was", ["have"] = "has", ["hold"] = "holds", ["stand"] = "stands", ["stay"] = "stays", ["wait"] = "waits",
    };

    /// <summary>The text of a key with its values, in the singular where the number is one.</summary>
    public static string Count(this IStringLocalizer text, string key, params object[] values) => Singular(text[key, values]);

    public static string Singular(string sentence) => SingularIn(CultureInfo.CurrentUICulture, sentence);

    /// <param name="language">Which it is written in.</param>
    /// <param name="sentence">With its numbers filled in.</param>
    public static string SingularIn(CultureInfo language, string sentence) => language.TwoLetterISOLanguageName == "en" ? One().Replace(sentence, OneOf) : sentence;

    private static string OneOf(Match found)
    {
        var (many, verb) = (found.Groups["many"].Value, found.Groups["verb"].Value);
        var one = many.EndsWith("ies", StringComparison.Ordinal) ? many[..^3] + "y" : many[..^1];
        return found.Groups["before"].Value + one + (verb.Length > 0 ? " " + OfOne[verb] : "");
    }

    [GeneratedRegex(
        @"(?<![\d.,])(?<before>[+-]?1(?:\.0+)? (?:(?:working|armed|old|more|locked|outside|completed|trading) )?)"
        + "(?<many>(?:lot|lock|tick|rule|row|contract|order|leg|trade|account|trigger|firing|difference|comparison|edit|condition|field|file|message|step|bar|time|character|item|level|column|byte|minute|hour|day)s|entries)"
        + @"\b(?: (?<verb>are|were|have|hold|stand|stay|wait)\b)?")]
    private static partial Regex One();
}
