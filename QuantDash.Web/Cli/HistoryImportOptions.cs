using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Core.Primitives;
using QuantDash.Web.Features.Data;

namespace QuantDash.Web.Cli;

/// <summary>The options of <c>history import</c>: every mistake becomes a sentence.</summary>
internal static class HistoryImportOptions
{
    private static readonly string[] Common = ["--format", "--in", "--symbol", "--timeframe", "--source", "--price-tick"];
    private static readonly string[] Switches = ["--skip-bad-lines", "--replace-span"];
    private static readonly string[] OfLean = ["--scale", "--zone", "--day"];

    private static readonly string[] OfCsv =
    [
        "--time", "--date", "--open", "--high", "--low", "--close", "--volume", "--open-interest", "--time-format", "--zone", "--bar-time", "--separator", "--scale", "--day",
    ];

    /// <summary>Null when anything is wrong.</summary>
    public static HistoryImportRequest? Read(VerbArguments arguments, SourceName source, List<string> wrong)
    {
        var format = HistoryVerb.Required(arguments, "--format", wrong);
        string[] options = format switch { "lean" => OfLean, "csv" => OfCsv, _ => [] };
        wrong.AddRange(arguments.Mistakes([.. Common, .. options], Switches));
        var (path, symbol, timeframe) = (HistoryVerb.Required(arguments, "--in", wrong), HistoryVerb.Required(arguments, "--symbol", wrong), HistoryVerb.Timeframe(arguments, wrong));
        var priceTick = Positive(arguments, "--price-tick", wrong);
        var file = Format(format, arguments, wrong);
        return wrong.Count > 0
            ? null
            : new(path, symbol, timeframe!.Value, source, file!, priceTick, arguments.Has("--skip-bad-lines"), arguments.Has("--replace-span") ? BarMerge.WholeSpan : BarMerge.Overlapping);
    }

    private static BarFileFormat? Format(string format, VerbArguments arguments, List<string> wrong)
    {
        switch (format)
        {
            case "binance":
                return new BarFileFormat.Mapped(BarFormats.Binance);
            case "wondertrader":
                return new BarFileFormat.Mapped(BarFormats.Wondertrader);
            case "lean":
                return new BarFileFormat.Lean(Positive(arguments, "--scale", wrong), Zone(arguments, wrong), Day(arguments, "--day", wrong));
            case "csv":
                return new BarFileFormat.Mapped(Mapping(arguments, wrong), Day(arguments, "--day", wrong) ?? default);
            case "":
                return null;
            default:
                wrong.Add($"--format must be binance, lean, csv or wondertrader, was {format}.");
                return null;
        }
    }

    private static BarCsvMapping Mapping(VerbArguments arguments, List<string> wrong) => new()
    {
        Date = arguments.Value("--date") is { } date ? Column("--date", date, wrong) : null,
        Time = Column("--time", arguments.Value("--time") ?? "timestamp", wrong),
        Open = Column("--open", arguments.Value("--open") ?? "open", wrong),
        High = Column("--high", arguments.Value("--high") ?? "high", wrong),
        Low = Column("--low", arguments.Value("--low") ?? "low", wrong),
        Close = Column("--close", arguments.Value("--close") ?? "close", wrong),
        Volume = arguments.Value("--volume") is "none" ? null : Column("--volume", arguments.Value("--volume") ?? "volume", wrong),
        OpenInterest = arguments.Value("--open-interest") is { } openInterest ? Column("--open-interest", openInterest, wrong) : null,
        TimeFormat = new(arguments.Value("--time-format") ?? BarTimeFormat.Automatic.Text),
        Zone = Zone(arguments, wrong) ?? TimeZoneInfo.Utc,
        Stamp = Stamp(arguments, wrong),
        Separator = Separator(arguments.Value("--separator"), wrong),
        PriceScale = Positive(arguments, "--scale", wrong) ?? 1m,
    };

    private static CsvColumn Column(string option, string text, List<string> wrong)
    {
        if (CsvColumn.Parse(text) is { } column) return column;
        wrong.Add($"{option} must be a column's name, or its number from 1 to 1000; was {text}.");
        return CsvColumn.At(1);
    }

    /// <summary>The start where nothing is said.</summary>
    internal static BarStamp Stamp(VerbArguments arguments, List<string> wrong)
    {
        var text = arguments.Value("--bar-time");
        if (text is not (null or "start" or "end")) wrong.Add($"--bar-time must be start or end, was {text}.");
        return text == "end" ? BarStamp.End : BarStamp.Start;
    }

    private static char Separator(string? text, List<string> wrong)
    {
        if (text is null) return ',';
        if (BarFormatTexts.Separator(text) is { } separator) return separator;
        wrong.Add($"--separator must be one of {BarFormatTexts.Separators}, was {text}.");
        return ',';
    }

    private static TimeZoneInfo? Zone(VerbArguments arguments, List<string> wrong)
    {
        if (arguments.Value("--zone") is not { } text) return null;
        if (BarFormatTexts.Zone(text) is { } zone) return zone;
        wrong.Add($"--zone must be UTC, a distance such as +08:00, or a name such as Asia/Shanghai; was {text}.");
        return null;
    }

    internal static DateOnly? Day(VerbArguments arguments, string option, List<string> wrong)
    {
        if (arguments.Value(option) is not { } text) return null;
        if (BarFormatTexts.Day(text) is { } day) return day;
        wrong.Add($"{option} must be a date as yyyy-MM-dd, was {text}.");
        return null;
    }

    private static decimal? Positive(VerbArguments arguments, string option, List<string> wrong)
    {
        if (arguments.Value(option) is not { } text) return null;
        if (BarFormatTexts.Positive(text) is { } value) return value;
        wrong.Add($"{option} must be a number above 0 and up to 1000000000, was {text}.");
        return null;
    }
}
