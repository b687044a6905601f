using System.Globalization;

namespace QuantDash.Core.Markets.History.Import;

/// <summary>How a file writes times. Written <c>auto</c>, <c>unix</c>, <c>ms-of-day</c>, or as a pattern such as <c>dd/MM/yyyy HH:mm</c>.</summary>
/// <remarks><c>auto</c>: year first, or Unix; <c>unix</c>: seconds, milliseconds, microseconds or nanoseconds since 1970-01-01 UTC, told apart by their size,
/// which leaves no doubt between 1990 and 2200; <c>ms-of-day</c>: milliseconds since midnight of the file's day.</remarks>
public sealed record BarTimeFormat(string Text)
{
    private const string AutoText = "auto";
    private const string UnixText = "unix";
    private const string DayText = "ms-of-day";
    private const string Unreadable = "bar_time_unreadable";
    private const long MillisecondsOfDay = 86_400_000;

    private static readonly string[] YearFirst =
    [
        "yyyy-M-d H:mm:ss.FFFFFFF", "yyyy-M-d H:mm", "yyyy-M-d", "yyyy/M/d H:mm:ss.FFFFFFF", "yyyy/M/d H:mm", "yyyy/M/d",
        "yyyyMMdd H:mm:ss.FFFFFFF", "yyyyMMdd H:mm", "yyyyMMdd HHmmss", "yyyyMMdd HHmm", "yyyyMMddHHmmss", "yyyyMMddHHmm", "yyyyMMdd",
        "yyyy-M-d'T'H:mm:ss.FFFFFFF", "yyyy-M-d'T'H:mm",
    ];

    private static readonly string[] WithZone = ["yyyy-M-d'T'H:mm:ss.FFFFFFFzzz", "yyyy-M-d H:mm:ss.FFFFFFFzzz", "yyyy-M-d'T'H:mm:ss.FFFFFFF'Z'", "yyyy-M-d H:mm:ss.FFFFFFF'Z'"];

    public static BarTimeFormat Automatic { get; } = new(AutoText);
    public static BarTimeFormat Unix { get; } = new(UnixText);
    public static BarTimeFormat MillisecondsSinceMidnight { get; } = new(DayText);

    /// <summary>Whether each file needs to say its day.</summary>
    public bool NeedsDay => Text == DayText;

    /// <summary>Whether the pattern has a place for the distance from UTC.</summary>
    private bool NamesZone => Text is not (AutoText or UnixText or DayText) && Text.AsSpan().ContainsAny('z', 'K');

    /// <summary>The instant, or null with a reason: <c>bar_time_unreadable</c> or, where clocks change, <c>bar_time_ambiguous</c>.</summary>
    /// <param name="zone">Of times that name none themselves.</param>
    public DateTimeOffset? Read(string text, TimeZoneInfo zone, DateOnly day, out string? reason)
    {
        reason = null;
        if (FromUnix(text) is { } unix) return unix;
        if (Text == AutoText && Exact(text, WithZone) is { } told) return told;
        if (NamesZone)
        {
            var named = Exact(text, [Text]);
            reason = named is null ? Unreadable : null;
            return named;
        }

        if (Local(text, day) is { } local) return InZone(local, zone, out reason);
        reason = Unreadable;
        return null;
    }

    private DateTime? Local(string text, DateOnly day)
    {
        if (Text == DayText)
        {
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < MillisecondsOfDay
                ? day.ToDateTime(TimeOnly.MinValue).AddMilliseconds(milliseconds)
                : null;
        }

        var patterns = Text == AutoText ? YearFirst : [Text];
        return Text != UnixText && DateTime.TryParseExact(text, patterns, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? local : null;
    }

    private DateTimeOffset? FromUnix(string text)
    {
        // Among other times only a count of as many digits as today's is one: twelve or fourteen digits are a date and a time.
        if (Text != UnixText && (Text != AutoText || text.Length is not (10 or 13 or 16 or 19))) return null;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return null;
        return value switch
        {
            < 100_000_000_000 => DateTimeOffset.FromUnixTimeSeconds(value),
            < 100_000_000_000_000 => DateTimeOffset.FromUnixTimeMilliseconds(value),
            < 100_000_000_000_000_000 => DateTimeOffset.UnixEpoch.AddTicks(value * 10),
            _ => DateTimeOffset.UnixEpoch.AddTicks(value / 100),
        };
    }

    private static DateTimeOffset? Exact(string text, string[] patterns) =>
        DateTimeOffset.TryParseExact(text, patterns, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static DateTimeOffset? InZone(DateTime local, TimeZoneInfo zone, out string? reason)
    {
        var isCertain = !zone.IsInvalidTime(local) && !zone.IsAmbiguousTime(local);
        reason = isCertain ? null : "bar_time_ambiguous";
        return isCertain ? new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local)) : null;
    }
}
