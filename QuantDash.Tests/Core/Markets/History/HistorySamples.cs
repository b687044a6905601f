using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Core.Primitives;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Markets.History;

/// <summary>Bars, sessions and imports to start from.</summary>
internal static class HistorySamples
{
    public static readonly BarKey Minute = Key("US.AAPL", "1m");

    public static readonly TradingCalendar KnownCalendar = TradingCalendar.FromReferenceData();

    /// <summary>CSI 300 index futures: 09:30-11:30 and 13:00-15:00.</summary>
    public static SessionPlan IndexSessions { get; } = ContractCatalog.FromReferenceData(KnownCalendar).Products.Single(p => p is { Exchange: "CFFEX", Code: "IF" }).Sessions;

    public static BarKey Key(string symbol, string timeframe, string source = "history") =>
        new(new SourceName(source), Symbol.ParseCanonical(symbol), Timeframe.TryParse(timeframe, out var parsed) ? parsed : throw new ArgumentException(timeframe, nameof(timeframe)));

    public static long At(string utc) => DateTimeOffset.Parse(utc + "Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    /// <summary>A minute bar that opens and closes at one price.</summary>
    public static HistoryBar Bar(long start, long price, double volume = 1, int minutes = 1) => new()
    {
        Start = start,
        End = start + (minutes * 60_000L),
        TradingDay = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(start).UtcDateTime).DayNumber,
        Open = price,
        High = price,
        Low = price,
        Close = price,
        Volume = volume,
    };

    /// <summary>One-minute bars from minute 0 on; the price of each is given.</summary>
    public static BarColumns Minutes(int first, params long[] prices) => BarColumns.Of(Minute, 0.01m, [.. prices.Select((price, i) => Bar((first + i) * 60_000L, price))]);

    /// <summary>Runs lines through an import; a file's first line is one of them.</summary>
    public static BarImportResult Imported(BarImportRequest request, params string[] lines) => Imported(request, default, lines);

    public static BarImportResult Imported(BarImportRequest request, DateOnly day, IEnumerable<string> lines, TradingCalendar? calendar = null)
    {
        var import = new BarImport(request, calendar ?? KnownCalendar);
        import.Begin("bars.csv", day);
        foreach (var line in lines)
        {
            if (!import.Take(line)) break;
        }

        return import.Finish();
    }

    /// <summary>The lines of a real file, unpacked.</summary>
    public static IEnumerable<string> Lines(string relative)
    {
        using var file = TestData.Open(relative);
        while (file.ReadLine() is { } line) yield return line;
    }
}
