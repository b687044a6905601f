using System.Globalization;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Times as files have them: ISO-8601 (UTC unless they say otherwise), yyyyMMdd, or Unix seconds or milliseconds.</summary>
internal static class WrittenTime
{
    public static bool TryRead(string text, out DateTimeOffset at)
    {
        if (DateTimeOffset.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at)) return true;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unix))
        {
            if (text.Length is not (9 or 10 or 12 or 13)) return false;
            at = text.Length <= 10 ? DateTimeOffset.FromUnixTimeSeconds(unix) : DateTimeOffset.FromUnixTimeMilliseconds(unix);
            return true;
        }

        // A year first: 03/04/2025 is two days, depending on who reads it.
        var hasYearFirst = text.Length >= 8 && text.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0;
        return hasYearFirst && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
    }
}
