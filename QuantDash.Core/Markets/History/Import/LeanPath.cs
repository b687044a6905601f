using System.Globalization;
using System.Text.RegularExpressions;

namespace QuantDash.Core.Markets.History.Import;

/// <summary>What the place of a LEAN file says about it: <c>equity/usa/minute/aapl/20140609_trade.zip</c>. Words are also found where folders were joined by
/// underscores.</summary>
/// <param name="Day">Of a file of minutes; null: none in the name.</param>
/// <param name="IsTrade">Quotes and open interest are no bars of trades.</param>
/// <param name="PriceScale">Null: the kind of market is not known.</param>
/// <param name="ZoneId">IANA name of the clock of its times; null: not known.</param>
public sealed partial record LeanPath(DateOnly? Day, bool IsTrade, decimal? PriceScale, string? ZoneId)
{
    private static readonly char[] Separators = ['/', '\\', '_', '.'];

    public static LeanPath Read(string path)
    {
        var words = path.ToLowerInvariant().Split(Separators);
        var isStock = words.Contains("equity");
        var isCrypto = words.Contains("crypto") || words.Contains("cryptofuture");
        return new(
            DayOf(path),
            !words.Contains("quote") && !words.Contains("openinterest"),
            isStock ? BarFormats.LeanStockScale : isCrypto ? 1m : null,
            isStock ? "America/New_York" : isCrypto ? "UTC" : null);
    }

    private static DateOnly? DayOf(string path)
    {
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        var digits = EightDigits().Match(name);
        return digits.Success && DateOnly.TryParseExact(digits.Value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    [GeneratedRegex(@"(?<!\d)\d{8}(?!\d)")]
    private static partial Regex EightDigits();
}
