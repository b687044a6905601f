using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History;

/// <summary>What is known of the contract whose bars are stored. A symbol outside the catalog has none of it: its price tick is told with the bars, and
/// nobody knows when it trades.</summary>
/// <param name="PriceTick">Null: unknown.</param>
/// <param name="Sessions">Null: unknown.</param>
public sealed record SeriesTerms(Symbol Symbol, decimal? PriceTick, SessionPlan? Sessions)
{
    /// <summary>Behind a product's code: its main contracts one after the other, <c>CFFEX.IF-MAIN</c>.</summary>
    public const string MainSuffix = "-MAIN";

    private const string WondertraderMain = ".HOT";

    /// <summary>The product whose main contracts these are; null for everything else.</summary>
    public string? MainProduct => Symbol.Code.EndsWith(MainSuffix, StringComparison.Ordinal) ? Symbol.Code[..^MainSuffix.Length] : null;

    /// <summary>Finds what a spelling means on a day: a contract of the catalog, a product's main series (also wondertrader's <c>CFFEX.IF.HOT</c>), or any other
    /// canonical symbol. Codes as of <see cref="ContractCatalog.Resolve"/>.</summary>
    public static Outcome<SeriesTerms> Find(ContractCatalog catalog, string text, DateOnly asOf)
    {
        if (Main(catalog, text, asOf) is { } main) return Outcome<SeriesTerms>.Success(main);
        var known = catalog.Resolve(text, asOf);
        // Vendors' bars of stocks come with hours before and after the session, and with fractions of a tick.
        if (known is { Succeeded: true, Value.Product.Class: AssetClass.Stock }) return Outcome<SeriesTerms>.Success(new(known.Value.Symbol, null, null));
        if (known.Succeeded) return Outcome<SeriesTerms>.Success(new(known.Value.Symbol, known.Value.PriceTick, known.Value.Product.Sessions));
        if (known.Problems.Any(problem => problem.Code == "ambiguous")) return Outcome<SeriesTerms>.Failure(known.Problems);
        var spelled = catalog.Spellings.Parse(text, asOf);
        if (spelled.Succeeded) return Outcome<SeriesTerms>.Success(new(spelled.Value, null, SessionsOf(catalog, spelled.Value.Exchange)));
        return Symbol.TryParseCanonical(text, out var symbol) && !catalog.Products.Any(product => product.Exchange == symbol.Exchange && product.Class == AssetClass.Future)
            ? Outcome<SeriesTerms>.Success(new(symbol, null, null))
            : Outcome<SeriesTerms>.Failure(spelled.Problems);
    }

    /// <summary>An exchange all of whose products trade around the clock does so with the ones we do not know.</summary>
    private static SessionPlan? SessionsOf(ContractCatalog catalog, string exchange)
    {
        var plans = catalog.Products.Where(product => product.Exchange == exchange).Select(product => product.Sessions).ToList();
        return plans.Count > 0 && plans.TrueForAll(plan => plan.Always) ? plans[0] : null;
    }

    private static SeriesTerms? Main(ContractCatalog catalog, string text, DateOnly asOf)
    {
        if (text.EndsWith(WondertraderMain, StringComparison.Ordinal)) text = text[..^WondertraderMain.Length] + MainSuffix;
        if (!text.EndsWith(MainSuffix, StringComparison.Ordinal) || !Symbol.TryParseCanonical(text, out var symbol)) return null;
        var code = symbol.Code[..^MainSuffix.Length];
        return catalog.Products.FirstOrDefault(p => p.Exchange == symbol.Exchange && p.Code == code) is { } product
            ? new(symbol, product.TermsOn(asOf).PriceTick, product.Sessions)
            : null;
    }
}
