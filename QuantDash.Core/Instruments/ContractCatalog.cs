using System.Collections.Concurrent;
using System.Collections.Frozen;
using QuantDash.Core.Instruments.Reference;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments;

/// <summary>Every product and its contracts. Thread-safe; looking a contract up again is one dictionary hit.</summary>
public sealed class ContractCatalog
{
    private readonly TradingCalendar _calendar;
    private readonly FrozenDictionary<(string Exchange, string Code), Product> _products;
    private readonly ConcurrentDictionary<Symbol, ContractTimeline> _timelines = new();

    public ContractCatalog(IReadOnlyList<Product> products, TradingCalendar calendar)
    {
        (Products, _calendar) = (products, calendar);
        _products = products.ToFrozenDictionary(product => (product.Exchange, product.Code));
        Spellings = new(products);
    }

    public IReadOnlyList<Product> Products { get; }

    /// <summary>How names other than the canonical one are read.</summary>
    public SymbolParser Spellings { get; }

    /// <summary>The catalog of the reference data (docs/reference-data.md).</summary>
    public static ContractCatalog FromReferenceData(TradingCalendar calendar) => new([.. ProductFile.Load(), .. PerpetualFile.Load()], calendar);

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
