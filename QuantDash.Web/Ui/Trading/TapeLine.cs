using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using QuantDash.Core.Engine;

namespace QuantDash.Web.Ui.Trading;

/// <summary>An event of the tape as a sentence.</summary>
public sealed record TapeLine(long Number, DateTimeOffset At, Tone Tone, string Key, string Symbol, string Sentence)
{
    public static TapeLine From(TapeEvent item, IStringLocalizer<TapeText> text)
    {
        var symbol = item.Symbol?.ToString() ?? "";
        object[] values = [.. item.Values.Select(v => (object)Value(item.Key, v, text))];
        return new(item.Number, item.At, ToneOf(item.Severity), item.Key, symbol, Write(text[item.Key], values) ?? Unknown(item));
    }

    // An event that an older version wrote may have fewer values than its sentence has now.
    private static string? Write(LocalizedString template, object[] values)
    {
        if (template.ResourceNotFound) return null;
        var format = CompositeFormat.Parse(template.Value);
        return values.Length < format.MinimumArgumentCount ? null : Counted.Singular(string.Format(CultureInfo.CurrentCulture, format, values));
    }

    private static string Value(string key, string value, IStringLocalizer<TapeText> text) => value switch
    {
        "long" => text["long"],
        "short" => text["short"],
        "both" => text["both"],
        "above" => text["above"],
        "below" => text["below"],
        _ when DateTimeOffset.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) => ScreenTime.Time(at),
        // A word for something that only this event says.
        _ when text[$"{key}:{value}"] is { ResourceNotFound: false } word => word,
        _ => EngineSentence.InReadersLanguage(value),
    };

    // An event of another version: say it with its own words rather than nothing.
    private static string Unknown(TapeEvent item) => string.Join(" · ", [item.Key.Replace('.', ' ').Replace('_', ' '), .. item.Values]);

    private static Tone ToneOf(TapeSeverity severity) => severity switch
    {
        TapeSeverity.Info => Tone.Weak,
        TapeSeverity.Success => Tone.Good,
        TapeSeverity.Warning => Tone.Warn,
        TapeSeverity.Danger => Tone.Danger,
    };
}
