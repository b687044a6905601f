using QuantDash.Core.Instruments;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Adjustment;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Data;

/// <summary>Which stored bars are written out, and how.</summary>
/// <param name="From">First trading day; null: from the first bar on.</param>
/// <param name="To">Last trading day; null: up to the last bar.</param>
/// <param name="Method">How rolls are taken out; splits and dividends of factor files are ratios.</param>
/// <param name="Factors">LEAN's factor file of a stock; null: none.</param>
/// <param name="Rolls">wondertrader's list of main contracts; null: none.</param>
/// <param name="Stamp">Which instant of a bar is printed on it.</param>
public sealed record HistoryExportRequest(
    SourceName Source, string Symbol, Timeframe Timeframe, DateOnly? From, DateOnly? To, AdjustmentDirection Direction, AdjustmentMethod Method, string? Factors, string? Rolls, BarStamp Stamp);

/// <summary>Reads stored bars back, adjusted where that is asked for: the first or last price of what is read keeps its value.</summary>
public sealed class HistoryExporter(ContractCatalog catalog, IBarArchive archive, TimeProvider clock)
{
    /// <summary>Blocks while it reads files.</summary>
    public Outcome<BarColumns> Read(HistoryExportRequest request)
    {
        var terms = SeriesTerms.Find(catalog, request.Symbol, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        if (!terms.Succeeded) return Outcome<BarColumns>.Failure(terms.Problems);
        var key = new BarKey(request.Source, terms.Value.Symbol, request.Timeframe);
        if (archive.Read(key) is not { } stored || Within(stored, request) is not { Count: > 0 } bars) return Outcome<BarColumns>.Failure("symbol", "bars_no_history", key.ToString());
        if (request.Direction == AdjustmentDirection.Raw) return Outcome<BarColumns>.Success(bars);
        var events = Events(request, terms.Value, DateOnly.FromDayNumber(bars.TradingDays.Span[0]));
        return events.Succeeded
            ? Outcome<BarColumns>.Success(BarAdjustment.Adjust(bars, events.Value, request.Direction))
            : Outcome<BarColumns>.Failure(events.Problems);
    }

    private static BarColumns Within(BarColumns bars, HistoryExportRequest request)
    {
        if (request.From is null && request.To is null) return bars;
        var (from, to) = (request.From?.DayNumber ?? 0, request.To?.DayNumber ?? int.MaxValue);
        return BarColumns.Of(bars.Key, bars.PriceTick, [.. bars.Bars().Where(bar => bar.TradingDay >= from && bar.TradingDay <= to)]);
    }

    private static Outcome<IReadOnlyList<PriceAdjustment>> Events(HistoryExportRequest request, SeriesTerms terms, DateOnly first) =>
        AdjustmentEvents.Read(terms, first, request.Method, request.Factors is { } factors ? LinesOf(factors) : null, request.Rolls is { } rolls ? string.Join('\n', LinesOf(rolls)) : null);

    /// <summary>Throws <see cref="FileNotFoundException"/> when there is no such file.</summary>
    private static IEnumerable<string> LinesOf(string path) => BarFiles.At(path).FirstOrDefault() is { } text
        ? BarFiles.Lines(text)
        : throw new FileNotFoundException($"There is no file {path}.");
}
