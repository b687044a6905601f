using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Data;

/// <summary>What an import did: either it is stored, or there are problems and nothing is.</summary>
/// <param name="Read">Null when no line was read.</param>
/// <param name="Stored">Null when nothing was.</param>
public sealed record HistoryImported(IReadOnlyList<Problem> Problems, BarImportResult? Read, BarMergeResult? Stored);

/// <summary>Reads files of bars and stores them, all or nothing.</summary>
public sealed class HistoryImporter(ContractCatalog catalog, TradingCalendar calendar, IBarArchive archive, TimeProvider clock)
{
    /// <summary>Blocks while it reads and writes files.</summary>
    public HistoryImported Run(HistoryImportRequest request)
    {
        var terms = SeriesTerms.Find(catalog, request.Symbol, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        if (!terms.Succeeded) return Refused(terms.Problems);
        try
        {
            var texts = BarFiles.At(request.Path).ToList();
            if (texts.Count == 0) return Refused([new("in", "unknown_file", request.Path)]);
            var key = new BarKey(request.Source, terms.Value.Symbol, request.Timeframe);
            return request.Format switch
            {
                BarFileFormat.Mapped mapped => Read(request, key, terms.Value, mapped.Mapping, null, texts.Select(text => (text, mapped.Day))),
                BarFileFormat.Lean lean => ReadLean(request, key, terms.Value, lean, texts),
                _ => throw new InvalidOperationException($"{request.Format} is not known."),
            };
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Refused([new("in", "import_unreadable", error.Message)]);
        }
    }

    private HistoryImported ReadLean(HistoryImportRequest request, BarKey key, SeriesTerms terms, BarFileFormat.Lean lean, List<BarText> texts)
    {
        // A folder of LEAN's holds quotes beside trades; a single file of quotes is a mistake that its columns tell.
        var trades = texts.Count == 1 ? texts : [.. texts.Where(text => LeanPath.Read(text.Path).IsTrade)];
        if (trades.Count == 0) return Refused([new("in", "bars_no_trades", request.Path)]);
        var first = LeanPath.Read(trades[0].Path);
        var zone = lean.Zone ?? (first.ZoneId is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : null);
        var problems = new List<Problem>();
        if (zone is null) problems.Add(new("zone", "bars_lean_unknown", "--zone"));
        if ((lean.PriceScale ?? first.PriceScale) is not { } scale) return Refused([.. problems, new("scale", "bars_lean_unknown", "--scale")]);
        if (zone is null) return Refused(problems);
        var days = trades.Select(text => (text, lean.Day ?? LeanPath.Read(text.Path).Day ?? LeanPath.Read(Path.GetDirectoryName(text.Path) ?? "").Day ?? default));
        return Read(request, key, terms, BarFormats.Lean(request.Timeframe, zone, scale), scale > 1 ? 1 / scale : null, days);
    }

    private HistoryImported Read(HistoryImportRequest request, BarKey key, SeriesTerms terms, BarCsvMapping mapping, decimal? finest, IEnumerable<(BarText Text, DateOnly Day)> texts)
    {
        if ((request.PriceTick ?? StoredTick(key) ?? terms.PriceTick ?? finest) is not { } priceTick) return Refused([new("price_tick", "bars_price_tick_needed", key.Symbol.ToString())]);
        var import = new BarImport(new(key, priceTick, terms.Sessions, mapping, request.SkipBadLines), calendar);
        foreach (var (text, day) in texts)
        {
            import.Begin(text.Name, day);
            foreach (var line in BarFiles.Lines(text))
            {
                if (!import.Take(line)) break;
            }
        }

        var read = import.Finish();
        if (read.Bars is null) return new(read.Problems, read, null);
        var stored = archive.Merge(read.Bars, request.Merge);
        return stored.Succeeded ? new([], read, stored.Value) : new(stored.Problems, read, null);
    }

    private decimal? StoredTick(BarKey key) => archive.Catalogue(key.Source, key.Symbol).Series.FirstOrDefault(stored => stored.Key == key)?.PriceTick;

    private static HistoryImported Refused(IReadOnlyList<Problem> problems) => new(problems, null, null);
}
