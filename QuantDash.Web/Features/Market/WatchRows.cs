using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Market;

/// <summary>The lines of a watch list, in its order: what was chosen, or everything that the source brings; and what the address asks for though it is not on the list.</summary>
public static class WatchRows
{
    /// <param name="snapshot">Where the prices are.</param>
    /// <param name="source">Of the account.</param>
    /// <param name="watched">Null: everything.</param>
    /// <param name="asked">What the address names; null: nothing.</param>
    /// <param name="desk">Main contracts and facts.</param>
    /// <param name="previous">The lines of the last drawing: kept where nothing visible changed.</param>
    public static IReadOnlyList<WatchRow> Build(
        EngineSnapshot snapshot, SourceName source, IReadOnlyList<WatchEntry>? watched, WatchEntry? asked, IMarketDesk desk, IReadOnlyList<WatchRow> previous)
    {
        var quotes = snapshot.Quotes.Where(q => q.Source == source).ToDictionary(q => q.Contract.Symbol);
        var entries = (watched ?? [.. quotes.Keys.Order().Select(WatchEntry.Of)]).ToList();
        var listed = entries.Count;
        if (asked is { } wanted && !entries.Contains(wanted)) entries.Add(wanted);
        var selected = asked ?? (entries.Count > 0 ? entries[0] : null);
        return RowReuse.Keep(
            previous,
            entries.Select((entry, i) => Line(entry, quotes, desk) with { IsListed = watched is not null && i < listed, Selected = entry == selected }),
            row => row.Entry);
    }

    private static bool IsMain(string exchange, string product, Symbol symbol, IMarketDesk desk) =>
        desk.Mains.Latest(exchange, product) is not null && desk.Mains.On(exchange, product, desk.TradingDayOf(exchange, product))?.Symbol == symbol;

    private static WatchRow Line(WatchEntry entry, Dictionary<Symbol, QuoteView> quotes, IMarketDesk desk)
    {
        var symbol = entry.SymbolOn(entry.IsMain ? desk.TradingDayOf(entry.Exchange, entry.Code) : default, desk.Mains);
        if (symbol is { } known && quotes.TryGetValue(known, out var quote))
        {
            var product = quote.Contract.Product;
            return WatchRow.From(quote) with { Entry = entry.ToString(), IsMain = entry.IsMain || IsMain(product.Exchange, product.Code, known, desk) };
        }
        return WatchRow.Waiting(entry.ToString(), symbol, symbol is { } found ? desk.Find(found) : null) with { IsMain = entry.IsMain };
    }
}
