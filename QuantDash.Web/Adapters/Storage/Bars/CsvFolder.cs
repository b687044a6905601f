using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Adapters.Storage.Bars;

/// <summary>A folder into which anything may lay files, every kind of history in a place of its own (docs/bar-files.md): <c>stocks.csv</c>, <c>calendar_cn.csv</c>, <c>1m/CFFEX.IF2506.csv</c>,
/// <c>1d/HK.00700.csv</c>. It is read and never written.</summary>
internal sealed class CsvFolder(string path, TradingCalendar calendar, TimeProvider clock) : IInstrumentHistory, ICalendarHistory, IBarHistory
{
    /// <summary>Under which its bars are stored.</summary>
    public static SourceName Source { get; } = new("csv");

    public async Task<IReadOnlyList<StockSheet>> StocksAsync(CancellationToken stop = default)
    {
        var file = Path.Combine(path, "stocks.csv");
        return File.Exists(file) ? [new("stocks.csv", await File.ReadAllTextAsync(file, stop))] : [];
    }

    public async Task<Outcome<IReadOnlyList<CalendarSheet>>> CalendarAsync(CalendarMarket market, CancellationToken stop = default)
    {
        var file = Path.Combine(path, $"calendar_{market.Code().ToLowerInvariant()}.csv");
        return File.Exists(file) ? CalendarSheetReader.Read(market, await File.ReadAllTextAsync(file, stop)) : Outcome<IReadOnlyList<CalendarSheet>>.Success([]);
    }

    public bool Gives(SourceName source) => source == Source;

    public IReadOnlyList<OfferedSeries> Series()
    {
        if (!Directory.Exists(path)) return [];
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return
        [
            .. from folder in Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal)
               where Timeframe.TryParse(Path.GetFileName(folder), out _)
               from file in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal)
               where Symbol.TryParseCanonical(Path.GetFileNameWithoutExtension(file), out _)
               select new OfferedSeries(new(Source, Symbol.ParseCanonical(Path.GetFileNameWithoutExtension(file)), TimeframeOf(folder)), today),
        ];
    }

    public Task<Outcome<BarColumns>> BarsAsync(BarKey key, Contract contract, DateOnly from, DateOnly to, CancellationToken stop = default)
    {
        var file = Path.Combine(path, key.Timeframe.ToString(), key.Symbol + ".csv");
        return File.Exists(file) ? Task.Run(() => Read(file, key, contract, from, to, stop), stop) : Task.FromResult(NoHistory(key));
    }

    private Outcome<BarColumns> Read(string file, BarKey key, Contract contract, DateOnly from, DateOnly to, CancellationToken stop)
    {
        // Vendors' bars of stocks come with hours before and after the session.
        var sessions = contract.Product.Class == AssetClass.Stock ? null : contract.Product.Sessions;
        var import = new BarImport(new(key, contract.PriceTick, sessions, BarFormats.Named(BarStamp.Start), SkipBadLines: false), calendar);
        import.Begin(Path.GetFileName(file));
        foreach (var line in File.ReadLines(file))
        {
            stop.ThrowIfCancellationRequested();
            if (!import.Take(line)) break;
        }

        var read = import.Finish();
        if (read.Bars is not { } bars) return Outcome<BarColumns>.Failure([.. read.BadLines.SelectMany(bad => bad.Problems.Select(problem => problem with { Field = string.Create(CultureInfo.InvariantCulture, $"{bad.File} line {bad.Line} {problem.Field}") })), .. read.Problems]);
        var wanted = bars.Bars().Where(bar => bar.TradingDay >= from.DayNumber && bar.TradingDay <= to.DayNumber).ToList();
        return wanted.Count == 0 ? NoHistory(key) : Outcome<BarColumns>.Success(BarColumns.Of(key, bars.PriceTick, wanted));
    }

    private static Timeframe TimeframeOf(string folder) => Timeframe.TryParse(Path.GetFileName(folder), out var timeframe) ? timeframe : throw new ArgumentException($"{folder} is named after no timeframe.", nameof(folder));

    private static Outcome<BarColumns> NoHistory(BarKey key) => Outcome<BarColumns>.Failure("symbol", "bars_no_history", key.ToString());
}
