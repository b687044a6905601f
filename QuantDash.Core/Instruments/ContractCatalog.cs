using System.Collections.Concurrent;
using System.Collections.Frozen;
using QuantDash.Core.Instruments.Reference;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments;

/// <summary>Every product and its contracts. Thread-safe; looking a contract up again is one dictionary hit.</summary>
public sealed class ContractCatalog
{
    private readonly TradingCalendar _calendar;
    private readonly MarketCalendars? _markets;
    private readonly FrozenDictionary<(string Exchange, string Code), Product> _products;
    private readonly ConcurrentDictionary<Symbol, ContractTimeline> _timelines = new();

    /// <param name="markets">Those that stocks added later follow; null: the reference data's.</param>
    public ContractCatalog(IReadOnlyList<Product> products, TradingCalendar calendar, MarketCalendars? markets = null)
    {
        (Products, _calendar, _markets) = (products, calendar, markets);
        _products = products.ToFrozenDictionary(product => (product.Exchange, product.Code));
        Spellings = new(products);
    }

    public IReadOnlyList<Product> Products { get; }

    /// <summary>How names other than the canonical one are read.</summary>
    public SymbolParser Spellings { get; }

    /// <summary>The catalog of the reference data (docs/reference-data.md).</summary>
    public static ContractCatalog FromReferenceData(TradingCalendar calendar) => FromReferenceData(MarketCalendars.FromReferenceData() with { China = calendar });

    /// <inheritdoc cref="FromReferenceData(TradingCalendar)"/>
    public static ContractCatalog FromReferenceData(MarketCalendars calendars) => new([.. ProductFile.Load(), .. PerpetualFile.Load(), .. StockFile.Load(calendars)], calendars.China, calendars);

    /// <summary>The same catalog with the stocks of a list (a header, then exchange,code,name_zh,name_en,lot,price_tick): new ones are added, known ones replaced.</summary>
    /// <param name="name">Of the list, for whoever reads what is wrong with it.</param>
    /// <exception cref="FormatException">Names list, row and column.</exception>
    public ContractCatalog WithStocks(string name, string text)
    {
        var stocks = StockFile.Read(ReferenceTable.Parse(name, text), _markets ?? MarketCalendars.FromReferenceData());
        if (stocks.GroupBy(stock => (stock.Exchange, stock.Code)).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new FormatException($"{name}: {twice.Key.Exchange}.{twice.Key.Code} is there twice.");
        var replaced = stocks.Select(stock => (stock.Exchange, stock.Code)).ToHashSet();
        return new([.. Products.Where(product => !replaced.Contains((product.Exchange, product.Code))), .. stocks], _calendar, _markets);
    }

    /// <summary>The contract of a canonical symbol with the price tick of a day, expired or not; null when there is no such product or month.
    /// The same instance for the same symbol and price tick.</summary>
    public Contract? Find(Symbol symbol, DateOnly asOf) => Timeline(symbol)?.ContractOn(asOf);

    /// <summary>The contract that any accepted spelling means on a day. Codes: <c>invalid_symbol</c> (no spelling of anything),
    /// <c>unknown_symbol</c> (nothing we know), <c>ambiguous</c> (several exchanges have it).</summary>
    public Outcome<Contract> Resolve(string text, DateOnly asOf, string field = "symbol")
    {
        var parsed = Spellings.Parse(text, asOf, field);
        if (!parsed.Succeeded) return Outcome<Contract>.Failure(parsed.Problems);
        return Find(parsed.Value, asOf) is { } contract ? Outcome<Contract>.Success(contract) : Outcome<Contract>.Failure(field, "unknown_symbol", text);
    }

    /// <summary>What a contract is charged and allowed on a trading day: the product's dated terms, the margin that rises towards delivery,
    /// and the end of single-side margin before the last trading day.</summary>
    public ContractTerms TermsOn(Contract contract, DateOnly tradingDay)
        => Timeline(contract.Symbol)?.TermsOn(tradingDay) ?? contract.Product.TermsOn(tradingDay);

    private ContractTimeline? Timeline(Symbol symbol)
    {
        if (_timelines.TryGetValue(symbol, out var known)) return known;
        if (!symbol.IsSet) return null;
        if (_products.TryGetValue((symbol.Exchange, symbol.Code), out var undated) && undated.Class != AssetClass.Future)
            return _timelines.GetOrAdd(symbol, ContractTimeline.Create(symbol, undated, null, _calendar));
        if (FuturesCode.Read(symbol.Code) is not { } code || !_products.TryGetValue((symbol.Exchange, code.Product), out var product)) return null;
        return _timelines.GetOrAdd(symbol, ContractTimeline.Create(symbol, product, code.Delivery, _calendar));
    }
}
