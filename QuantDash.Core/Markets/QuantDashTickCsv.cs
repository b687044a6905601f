using System.Globalization;

namespace QuantDash.Core.Markets;

/// <summary>Our own tick file: the columns are the fields of <c>POST /api/ticks</c>. The time is ISO-8601 with its zone, or Unix milliseconds.</summary>
public sealed class QuantDashTickCsv : TickCsv
{
    internal QuantDashTickCsv(Dictionary<string, int> columns) : base(columns)
    {
    }

    /// <summary>The columns without which a file is not of this kind. <c>symbol</c> may be left out when the caller names it.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["timestamp", "last_price"];

    private protected override TickCsvRow Read(CsvFields fields) => new(
        fields.Has("symbol") ? fields.Text("symbol").ToString() : null,
        new RawTick
        {
            Timestamp = Time(fields),
            LastPrice = fields.Required("last_price"),
            Volume = fields.Number("volume"),
            Turnover = fields.Number("turnover"),
            OpenInterest = fields.Number("open_interest"),
            BidPrice = fields.Number("bid_price"),
            BidVolume = fields.Number("bid_volume"),
            AskPrice = fields.Number("ask_price"),
            AskVolume = fields.Number("ask_volume"),
            MarkPrice = fields.Number("mark_price"),
            OpenPrice = fields.Number("open_price"),
            HighPrice = fields.Number("high_price"),
            LowPrice = fields.Number("low_price"),
            PreSettlement = fields.Number("pre_settlement"),
            UpperLimit = fields.Number("upper_limit"),
            LowerLimit = fields.Number("lower_limit"),
        });

    private static DateTimeOffset Time(CsvFields fields)
    {
        var text = fields.Text("timestamp");
        if (text.IsEmpty)
        {
            fields.Refuse("timestamp", "required");
            return default;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unix) && Math.Abs(unix) < 100_000_000_000_000)
            return DateTimeOffset.FromUnixTimeMilliseconds(unix);

        // A time without its zone is refused: guessing it could be eight hours wrong.
        if (HasZone(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time)) return time;
        fields.Refuse("timestamp", "csv_not_a_time");
        return default;
    }

    private static bool HasZone(ReadOnlySpan<char> text) =>
        text.Length >= 11 && text[4] == '-' && (text[^1] is 'Z' or 'z' || text[10..].IndexOfAny('+', '-') > 0);
}
