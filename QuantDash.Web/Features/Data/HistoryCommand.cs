using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Quality;
using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Features.Data;

/// <summary>The verb <c>history</c>, with or without a server running beside it. Ends with 0 when it is done and good, 1 when not.</summary>
public sealed class HistoryCommand(HistoryImporter importer, HistoryExporter exporter, SeriesCheck check, ContractCatalog catalog, IBarArchive archive, TimeProvider clock)
{
    private const int MostShown = 50;

    public int Import(HistoryImportRequest request, TextWriter output)
    {
        var done = importer.Run(request);
        foreach (var bad in done.Read?.BadLines ?? [])
        {
            foreach (var problem in bad.Problems) output.WriteLine(Invariant($"{bad.File} line {bad.Line}: {problem.Field}: {Sentence(problem)}"));
        }

        foreach (var problem in done.Problems) output.WriteLine($"{problem.Field}: {Sentence(problem)}");
        if (done is not { Stored: { } stored, Read: { Bars: { } bars } read })
        {
            output.WriteLine("Nothing was imported.");
            return 1;
        }

        output.WriteLine(Invariant($"Imported {bars.Count} bars of {bars.Key}, {Time(bars.Starts.Span[0])} to {Time(bars.Ends.Span[^1])}, price tick {bars.PriceTick}:"));
        output.WriteLine(Told(stored));
        if (read.Repeated + read.BadLineCount > 0) output.WriteLine(Invariant($"{read.Repeated} lines repeated others, {read.BadLineCount} were bad and left out."));
        return 0;
    }

    /// <summary>Writes <c>timestamp,open,high,low,close,volume</c>; the file is there as a whole or not at all.</summary>
    public int Export(HistoryExportRequest request, string path, TextWriter output)
    {
        var read = exporter.Read(request);
        foreach (var problem in read.Problems) output.WriteLine($"{problem.Field}: {Sentence(problem)}");
        if (!read.Succeeded) return 1;
        BarCsv.Write(path, read.Value, request.Stamp);
        output.WriteLine(Invariant($"Wrote {read.Value.Count} bars of {read.Value.Key} to {path}."));
        return 0;
    }

    /// <param name="symbol">Null: all.</param>
    public int List(SourceName? source, string? symbol, TextWriter output)
    {
        if (!TryFind(symbol, output, out var terms)) return 1;
        var catalogue = archive.Catalogue(source, terms?.Symbol);
        output.WriteLine("source,symbol,timeframe,bars,from,to,price_tick,bytes,missing,gaps");
        foreach (var stored in catalogue.Series)
        {
            if (check.Run(stored.Key) is not { } report) continue;
            output.WriteLine(Invariant($"{stored.Key.Source},{stored.Key.Symbol},{stored.Key.Timeframe},{stored.Count},{Time(stored.From)},{Time(stored.To)},{stored.PriceTick},{stored.Bytes},{(report.SessionsKnown ? report.Missing : "")},{report.Gaps.Count}"));
        }

        foreach (var damaged in catalogue.Damaged) output.WriteLine(damaged);
        return catalogue.Damaged.Count == 0 ? 0 : 1;
    }

    /// <param name="timeframe">Null: all.</param>
    /// <param name="holidays">Weekdays without trading; null: those of the reference data.</param>
    /// <param name="aroundTheClock">The symbol trades every minute of every day.</param>
    public int Check(SourceName? source, string symbol, Timeframe? timeframe, IReadOnlyList<DateOnly>? holidays, bool aroundTheClock, TextWriter output)
    {
        if (!TryFind(symbol, output, out var terms)) return 1;
        var found = archive.Catalogue(source, terms!.Symbol);
        var series = found.Series.Where(stored => timeframe is null || stored.Key.Timeframe == timeframe).ToList();
        foreach (var damaged in found.Damaged) output.WriteLine(damaged);
        if (series.Count == 0) output.WriteLine($"No bars of {terms.Symbol} are stored{(timeframe is null ? "" : $" in {timeframe}")}.");
        var reports = series.Select(stored => check.Run(stored.Key, holidays, aroundTheClock)).OfType<BarQualityReport>().ToList();
        reports.ForEach(report => Print(report, output));
        return reports.Count > 0 && found.Damaged.Count == 0 && reports.TrueForAll(report => report.IsGood) ? 0 : 1;
    }

    public int Remove(SourceName source, string symbol, Timeframe timeframe, TextWriter output)
    {
        if (!TryFind(symbol, output, out var terms)) return 1;
        var key = new BarKey(source, terms!.Symbol, timeframe);
        var removed = archive.Remove(key);
        output.WriteLine(removed ? $"Removed {key}." : $"No bars of {key} are stored.");
        return removed ? 0 : 1;
    }

    private bool TryFind(string? symbol, TextWriter output, out SeriesTerms? terms)
    {
        terms = null;
        if (symbol is null) return true;
        var found = SeriesTerms.Find(catalog, symbol, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        foreach (var problem in found.Problems) output.WriteLine($"{problem.Field}: {Sentence(problem)}");
        terms = found.Succeeded ? found.Value : null;
        return found.Succeeded;
    }

    private static void Print(BarQualityReport report, TextWriter output)
    {
        var expected = report.Expected is { } bars ? Invariant($"{bars} expected, {report.Missing} missing") : "sessions unknown: missing bars are not counted";
        output.WriteLine(Invariant($"{report.Key}: {report.Bars} bars, {expected}, {report.Faults.Count} doubtful, {report.OutsideSessions} outside sessions"));
        Print(report.Gaps, gap => Invariant($"  {gap.TradingDay:yyyy-MM-dd} {Time(gap.From)} to {Time(gap.To)}: {gap.MissingBars} {Sort(gap.Kind)}"), output);
        Print(report.Faults, fault => Invariant($"  {fault.TradingDay:yyyy-MM-dd} {Time(fault.Start)} {fault.Problem.Field}: {Sentence(fault.Problem)}"), output);
        if (report.Repairs.Count > 0) output.WriteLine("import again:");
        Print(report.Repairs, repair => Invariant($"  {repair.From:yyyy-MM-dd} to {repair.To:yyyy-MM-dd}: {string.Join(", ", repair.Reasons)}, {repair.MissingBars} missing"), output);
    }

    private static void Print<T>(IReadOnlyList<T> items, Func<T, string> line, TextWriter output)
    {
        foreach (var item in items.Take(MostShown)) output.WriteLine(line(item));
        if (items.Count > MostShown) output.WriteLine(Invariant($"  and {items.Count - MostShown} more"));
    }

    internal static string Told(BarMergeResult stored) =>
        Invariant($"{stored.Added} new, {stored.Replaced} replaced, {stored.Unchanged} unchanged, {stored.Removed} removed; {stored.KeptInside} others between them stayed.");

    private static string Sort(BarGapKind kind) => kind switch
    {
        BarGapKind.WithinSession => "missing within a session",
        BarGapKind.WholeSession => "missing, a whole session",
        BarGapKind.WholeDay => "missing, a whole day",
        _ => "absent, perhaps a holiday: the calendar of that year is not known",
    };

    private static string Time(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    internal static string Sentence(Problem problem) => ProblemSentences.Write(problem, RequestLanguage.Nearest(CultureInfo.CurrentUICulture));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
