using System.Text.Json;

namespace QuantDash.Web.Api;

/// <summary>Times in requests: ISO-8601 with its zone, or Unix milliseconds. A time without a zone is refused: guessing it could be eight hours wrong.</summary>
internal static class JsonTime
{
    private static readonly long Latest = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static bool TryRead(JsonElement element, out DateTimeOffset time)
    {
        time = default;
        if (element.ValueKind == JsonValueKind.Number) return element.TryGetInt64(out var number) && TryFromUnix(number, Latest, out time);
        return JsonText.Read(element) is { } text && HasZone(text) && element.TryGetDateTimeOffset(out time) && InRange(ref time);
    }

    /// <summary>For ticks: any year, because a tick of 1970 or 9999 is refused and counted by name like every other bad one, and takes no good one with it.</summary>
    public static bool TryReadAnyYear(ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        time = default;
        if (reader.TokenType == JsonTokenType.Number) return reader.TryGetInt64(out var number) && TryFromUnix(number, Last, out time);
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence) return false;
        try
        {
            return TryReadText(ref reader, out time);
        }
        catch (InvalidOperationException)
        {
            return false; // A lone surrogate, escaped.
        }
    }

    private static bool TryReadText(ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        time = default;
        if (!(reader.ValueIsEscaped ? HasZone(reader.GetString()) : HasZone(reader.ValueSpan))) return false;
        if (!reader.TryGetDateTimeOffset(out time)) return false;
        time = time.ToUniversalTime();
        return true;
    }

    /// <summary>For query strings: the same two forms as text.</summary>
    public static bool TryRead(string text, out DateTimeOffset time)
    {
        time = default;
        if (long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)) return TryFromUnix(number, Latest, out time);
        return HasZone(text)
            && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out time)
            && InRange(ref time);
    }

    private static bool TryFromUnix(long milliseconds, long latest, out DateTimeOffset time)
    {
        time = default;
        if (milliseconds < 0 || milliseconds > latest) return false;
        time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }

    private static bool InRange(ref DateTimeOffset time)
    {
        time = time.ToUniversalTime();
        return time.Year is >= 1970 and < 2200;
    }

    private static bool HasZone(ReadOnlySpan<char> text) =>
        text.Length > 11 && (text[^1] is 'Z' or 'z' || text[11..].IndexOfAny('+', '-') > 0);

    private static bool HasZone(ReadOnlySpan<byte> text) =>
        text.Length > 11 && (text[^1] is (byte)'Z' or (byte)'z' || text[11..].IndexOfAny((byte)'+', (byte)'-') > 0);
}
