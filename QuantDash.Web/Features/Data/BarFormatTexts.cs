using System.Globalization;

namespace QuantDash.Web.Features.Data;

/// <summary>How the parts of a bar file's format are written, on the command line and in a request alike. Null: it is none.</summary>
internal static class BarFormatTexts
{
    public const decimal LargestNumber = 1_000_000_000m;
    public const string Separators = ", ; | tab";

    public static char? Separator(string text) => text switch
    {
        "tab" => '\t',
        [',' or ';' or '\t' or '|' or ' '] => text[0],
        _ => null,
    };

    /// <summary>An IANA name, or a distance from UTC.</summary>
    public static TimeZoneInfo? Zone(string text)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)) return zone;
        var isOffset = text is ['+' or '-', .. var clock] && TimeSpan.TryParseExact(clock, @"hh\:mm", CultureInfo.InvariantCulture, out _);
        return isOffset && TimeSpan.ParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture) is { TotalHours: <= 14 } offset
            ? TimeZoneInfo.CreateCustomTimeZone(text, text[0] == '-' ? -offset : offset, text, text)
            : null;
    }

    public static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static decimal? Positive(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= LargestNumber ? value : null;
}
