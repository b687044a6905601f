namespace QuantDash.Core.Markets.History.Import;

/// <summary>Files whose columns are known.</summary>
public static class BarFormats
{
    /// <summary>LEAN's prices of stocks are whole ten-thousandths.</summary>
    public const decimal LeanStockScale = 10_000m;

    /// <summary>Chinese exchanges' clock.</summary>
    public static TimeZoneInfo Beijing { get; } = TimeZoneInfo.CreateCustomTimeZone("+08:00", TimeSpan.FromHours(8), "+08:00", "+08:00");

    /// <summary>Binance's kline files: twelve columns, with a header or without, open time in milliseconds or (spot, from 2025) microseconds.</summary>
    public static BarCsvMapping Binance { get; } = new()
    {
        Time = CsvColumn.At(1),
        Open = CsvColumn.At(2),
        High = CsvColumn.At(3),
        Low = CsvColumn.At(4),
        Close = CsvColumn.At(5),
        Volume = CsvColumn.At(6),
        TimeFormat = BarTimeFormat.Unix,
        Stamp = BarStamp.Start,
        Columns = 12,
    };

    /// <summary>wondertrader's exported bars: Beijing date and time in two columns, the time is the bar's end.</summary>
    public static BarCsvMapping Wondertrader { get; } = new()
    {
        Date = CsvColumn.Named("date"),
        Time = CsvColumn.Named("time"),
        Open = CsvColumn.Named("open"),
        High = CsvColumn.Named("high"),
        Low = CsvColumn.Named("low"),
        Close = CsvColumn.Named("close"),
        Volume = CsvColumn.Named("volume"),
        Zone = Beijing,
        Stamp = BarStamp.End,
    };

    /// <summary>LEAN's trade bars: six columns without a header. Minutes are milliseconds since midnight of the day in the file's name; hours and days carry their date.</summary>
    public static BarCsvMapping Lean(Timeframe timeframe, TimeZoneInfo zone, decimal priceScale) => new()
    {
        Time = CsvColumn.At(1),
        Open = CsvColumn.At(2),
        High = CsvColumn.At(3),
        Low = CsvColumn.At(4),
        Close = CsvColumn.At(5),
        Volume = CsvColumn.At(6),
        TimeFormat = timeframe < Hour ? BarTimeFormat.MillisecondsSinceMidnight : new BarTimeFormat("yyyyMMdd HH:mm"),
        Zone = zone,
        Stamp = BarStamp.Start,
        PriceScale = priceScale,
        Columns = 6,
    };

    /// <summary>A file whose header names the usual columns; the time is UTC unless it says otherwise.</summary>
    public static BarCsvMapping Named(BarStamp stamp) => new()
    {
        Time = CsvColumn.Named("timestamp"),
        Open = CsvColumn.Named("open"),
        High = CsvColumn.Named("high"),
        Low = CsvColumn.Named("low"),
        Close = CsvColumn.Named("close"),
        Volume = CsvColumn.Named("volume"),
        Stamp = stamp,
    };

    private static Timeframe Hour { get; } = Timeframe.Minutes(60);
}
