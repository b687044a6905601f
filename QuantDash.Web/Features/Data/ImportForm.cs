namespace QuantDash.Web.Features.Data;

/// <summary>What is typed into the form of an import, and the query it makes.</summary>
internal sealed class ImportForm
{
    private static readonly (string, string)[] OfCsv =
    [
        ("time", "timestamp"), ("date", ""), ("open", "open"), ("high", "high"), ("low", "low"), ("close", "close"), ("volume", "volume"), ("open_interest", ""),
        ("zone", "UTC"), ("time_format", "auto"), ("separator", ","), ("scale", "1"), ("day", ""),
    ];

    private static readonly (string, string)[] OfLean = [("zone", "America/New_York"), ("scale", "10000"), ("day", "2014-06-09")];
    private readonly Dictionary<string, string> _more = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Formats { get; } = ["csv", "binance", "lean", "wondertrader"];

    public string Format { get; set; } = "csv";
    public string? Symbol { get; set; }
    public string Timeframe { get; set; } = "1m";
    public string Source { get; set; } = "history";
    public string? PriceTick { get; set; }
    public bool SkipsBadLines { get; set; }
    public bool TimesAreEnds { get; set; }

    public bool IsCsv => Format == "csv";
    public bool IsLean => Format == "lean";

    /// <summary>Further fields of the format, with what holds when they are left empty.</summary>
    public IReadOnlyList<(string Name, string Standard)> More => IsCsv ? OfCsv : IsLean ? OfLean : [];

    public string? this[string name]
    {
        get => _more.GetValueOrDefault(name);
        set => _more[name] = value ?? "";
    }

    /// <summary>Whether a field of that name is shown.</summary>
    public bool Shows(string field) => field is "format" or "symbol" or "timeframe" or "source" or "price_tick" || More.Any(more => more.Name == field);

    public string Query => string.Join('&', Parts().Where(part => !string.IsNullOrWhiteSpace(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!.Trim())}"));

    private IEnumerable<(string Name, string? Value)> Parts()
    {
        yield return ("format", Format);
        yield return ("symbol", Symbol);
        yield return ("timeframe", Timeframe);
        yield return ("source", Source);
        yield return ("price_tick", PriceTick);
        yield return ("on_error", SkipsBadLines ? "skip" : "refuse");
        if (IsCsv) yield return ("bar_time", TimesAreEnds ? "end" : "start");
        foreach (var (name, _) in More) yield return (name, this[name]);
    }
}
