using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Data;

/// <summary>What a request to import says of its file: every mistake is named at once.</summary>
internal static class HistoryImportQuery
{
    private const string DefaultSource = "history";
    private static readonly string[] Formats = ["csv", "binance", "lean", "wondertrader"];

    private enum OnError
    {
        Refuse,
        Skip,
    }

    private enum Merge
    {
        Overlapping,
        WholeSpan,
    }

    /// <summary>Without its path; null when anything is wrong.</summary>
    public static HistoryImportRequest? Read(QueryFields query)
    {
        var symbol = Required(query, "symbol");
        var timeframe = TimeframeOf(query);
        var source = SourceOf(query, DefaultSource);
        var format = FormatOf(query);
        var priceTick = Positive(query, "price_tick");
        var skips = query.Choice<OnError>("on_error") == OnError.Skip;
        var merge = query.Choice<Merge>("merge") == Merge.WholeSpan ? BarMerge.WholeSpan : BarMerge.Overlapping;
        return query.Problems.Count > 0 ? null : new("", symbol, timeframe, source, format!, priceTick, skips, merge);
    }

    public static string Required(QueryFields query, string name)
    {
        if (query.Text(name)?.Trim() is { Length: > 0 } text) return text;
        query.Refuse(name, "required");
        return "";
    }

    public static Timeframe TimeframeOf(QueryFields query)
    {
        var text = Required(query, "timeframe");
        if (!Timeframe.TryParse(text, out var timeframe) && text.Length > 0) query.Refuse("timeframe", "not_allowed", text, "1m – 720m, 1h – 12h, 1d");
        return timeframe;
    }

    public static SourceName SourceOf(QueryFields query, string standard)
    {
        var text = query.Text("source")?.Trim() ?? standard;
        if (SourceName.IsValid(text)) return new(text);
        query.Refuse("source", "not_a_source_name", text);
        return new(DefaultSource);
    }

    private static BarFileFormat? FormatOf(QueryFields query)
    {
        switch (query.Text("format") ?? "csv")
        {
            case "csv":
                return new BarFileFormat.Mapped(MappingOf(query), DayOf(query) ?? default);
            case "binance":
                return new BarFileFormat.Mapped(BarFormats.Binance);
            case "lean":
                return new BarFileFormat.Lean(Positive(query, "scale"), ZoneOf(query), DayOf(query));
            case "wondertrader":
                return new BarFileFormat.Mapped(BarFormats.Wondertrader);
            case var other:
                query.Refuse("format", "not_allowed", other, Formats);
                return null;
        }
    }

    private static BarCsvMapping MappingOf(QueryFields query) => new()
    {
        Date = ColumnOf(query, "date"),
        Time = ColumnOf(query, "time") ?? CsvColumn.Named("timestamp"),
        Open = ColumnOf(query, "open") ?? CsvColumn.Named("open"),
        High = ColumnOf(query, "high") ?? CsvColumn.Named("high"),
        Low = ColumnOf(query, "low") ?? CsvColumn.Named("low"),
        Close = ColumnOf(query, "close") ?? CsvColumn.Named("close"),
        Volume = query.Text("volume") == "none" ? null : ColumnOf(query, "volume") ?? CsvColumn.Named("volume"),
        OpenInterest = ColumnOf(query, "open_interest"),
        TimeFormat = new(query.Text("time_format")?.Trim() ?? BarTimeFormat.Automatic.Text),
        Zone = ZoneOf(query) ?? TimeZoneInfo.Utc,
        Stamp = query.Choice<BarStamp>("bar_time") ?? BarStamp.Start,
        Separator = SeparatorOf(query),
        PriceScale = Positive(query, "scale") ?? 1m,
    };

    private static CsvColumn? ColumnOf(QueryFields query, string name)
    {
        if (query.Text(name) is not { } text) return null;
        if (CsvColumn.Parse(text) is { } column) return column;
        query.Refuse(name, "out_of_range", 1, CsvColumn.MostColumns, text);
        return null;
    }

    private static char SeparatorOf(QueryFields query)
    {
        if (query.Text("separator") is not { } text) return ',';
        if (BarFormatTexts.Separator(text) is { } separator) return separator;
        query.Refuse("separator", "not_allowed", text, BarFormatTexts.Separators);
        return ',';
    }

    private static TimeZoneInfo? ZoneOf(QueryFields query)
    {
        if (query.Text("zone")?.Trim() is not { } text) return null;
        var zone = BarFormatTexts.Zone(text);
        if (zone is null) query.Refuse("zone", "unknown_zone", text);
        return zone;
    }

    private static DateOnly? DayOf(QueryFields query)
    {
        if (query.Text("day")?.Trim() is not { } text) return null;
        var day = BarFormatTexts.Day(text);
        if (day is null) query.Refuse("day", "not_a_day", text);
        return day;
    }

    private static decimal? Positive(QueryFields query, string name)
    {
        if (query.Text(name)?.Trim() is not { } text) return null;
        var value = BarFormatTexts.Positive(text);
        if (value is null) query.Refuse(name, "out_of_range", "> 0", BarFormatTexts.LargestNumber, text);
        return value;
    }
}
