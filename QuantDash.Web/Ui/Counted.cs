using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace QuantDash.Web.Ui;

/// <summary>Texts with a number of things in them: in English one lot is not "1 lots". Chinese has no plural.</summary>
public static partial class Counted
{
    /// <summary>The text of a key with its values, in the singular where the number is one.</summary>
    public static string Count(this IStringLocalizer text, string key, params object[] values) => Singular(text[key, values]);

    public static string Singular(string sentence) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? One().Replace(sentence, "$1") : sentence;

    [GeneratedRegex(@"(?<![\d.,])([+-]?1(?:\.0+)? (?:lot|lock|tick|rule|row|contract|working order))s\b")]
    private static partial Regex One();
}
