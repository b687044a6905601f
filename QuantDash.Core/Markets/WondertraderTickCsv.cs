using System.Globalization;

namespace QuantDash.Core.Markets;

/// <summary>wondertrader's tick dump: exchange and code in two columns, Beijing date and time as digits. <c>action_time</c> is HHMMSSmmm without
/// leading zeros: 92900400 is 09:29:00.400.</summary>
public sealed class WondertraderTickCsv : TickCsv
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    internal WondertraderTickCsv(Dictionary<string, int> columns) : base(columns)
    {
    }

    /// <summary>The columns without which a file is not of this kind.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["exchg", "code", "action_date", "action_time", "price"];

    private protected override TickCsvRow Read(CsvFields fields) => new(
        $"{fields.Text("exchg")}.{fields.Text("code")}",
        new RawTick
        {
            Timestamp = Time(fields),
            LastPrice = fields.Required("price"),
            Volume = fields.Number("total_volume"),
            Turnover = fields.Number("total_turnover"),
            OpenInterest = fields.Number("open_interest"),
            BidPrice = fields.Number("bid1"),
            BidVolume = fields.Number("bidv1"),
            AskPrice = fields.Number("ask1"),
            AskVolume = fields.Number("askv1"),
            OpenPrice = fields.Number("open"),
            HighPrice = fields.Number("high"),
            LowPrice = fields.Number("low"),
            PreSettlement = fields.Number("pre_settle"),
            UpperLimit = fields.Number("upper_limit"),
            LowerLimit = fields.Number("lower_limit"),
        });

    private static DateTimeOffset Time(CsvFields fields)
    {
        var isDate = DateOnly.TryParseExact(fields.Text("action_date"), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        if (!isDate) fields.Refuse("action_date", "csv_not_a_date");
        if (TryTime(fields.Text("action_time"), out var time)) return isDate ? new DateTimeOffset(date, time, Beijing).ToUniversalTime() : default;
        fields.Refuse("action_time", "csv_not_a_time");
        return default;
    }

    private static bool TryTime(ReadOnlySpan<char> text, out TimeOnly time)
    {
        time = default;
        if (text.Length > 9 || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var digits)) return false;
        var (hour, minute, second, millisecond) = (digits / 10_000_000, digits / 100_000 % 100, digits / 1000 % 100, digits % 1000);
        if (hour > 23 || minute > 59 || second > 59) return false;
        time = new(hour, minute, second, millisecond);
        return true;
    }
}
