using QuantDash.Core.Backtesting;
using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Backtests;

/// <summary>What a symbol means for a backtest: a contract of the catalog, all of a product one after the other (<c>CFFEX.IF</c>), or, where the catalog has no say, a stock.</summary>
/// <param name="Taken">As what.</param>
public sealed record BacktestContract(BacktestMarket Market, ContractTaken Taken)
{
    /// <summary>How it was taken where that is not obvious, for programs; null in the catalog.</summary>
    public string? Note => Taken switch
    {
        ContractTaken.Catalog => null,
        ContractTaken.Product => $"{Market.Contract.Symbol}: contracts one after the other, with the product's own terms",
        ContractTaken.Stock => $"{Market.Contract.Symbol}: taken as a stock or the like, whatever the catalog says of it",
    };

    /// <param name="tick">What a tick is where neither catalog nor caller says it.</param>
    public static Outcome<BacktestContract> Find(ContractCatalog catalog, string text, DateOnly asOf, decimal tick, ContractOverrides given)
    {
        if (catalog.Resolve(text, asOf) is { Succeeded: true, Value: { Product.Class: not AssetClass.Stock } contract }) return Of(given.Apply(new() { Contract = contract, TermsOn = day => catalog.TermsOn(contract, day) }), ContractTaken.Catalog);
        if (ProductOf(catalog, text) is { } product)
        {
            var symbol = Symbol.Create(product.Exchange, product.Code);
            var continuous = new Contract { Symbol = symbol, Product = product, PriceTick = product.TermsOn(asOf).PriceTick };
            return Of(given.Apply(BacktestMarket.Of(continuous)), product.Class == AssetClass.Future ? ContractTaken.Product : ContractTaken.Catalog);
        }
        var spelled = catalog.Spellings.Parse(text, asOf);
        if (!spelled.Succeeded && spelled.Problems[0].Code == "ambiguous") return Outcome<BacktestContract>.Failure(spelled.Problems);
        if (!TrySymbol(text, spelled, out var other)) return Outcome<BacktestContract>.Failure("symbol", "invalid_symbol", text);
        if (catalog.Products.Any(p => p.Exchange == other.Exchange && p.Class != AssetClass.Stock) && !given.DescribesIt) return Outcome<BacktestContract>.Failure("symbol", "unknown_symbol", text);
        var stock = Stock(other, given.PriceTick ?? tick);
        return Of(given.Apply(BacktestMarket.Of(stock)), ContractTaken.Stock);
    }

    private static Outcome<BacktestContract> Of(BacktestMarket market, ContractTaken taken) => Outcome<BacktestContract>.Success(new(market, taken));

    private static Product? ProductOf(ContractCatalog catalog, string text)
    {
        var matches = catalog.Products.Where(p => p.Class != AssetClass.Stock && (text == $"{p.Exchange}.{p.Code}" || text == p.Code)).ToList();
        return matches is [var only] ? only : null;
    }

    private static bool TrySymbol(string text, Outcome<Symbol> spelled, out Symbol symbol)
    {
        if (spelled.Succeeded) symbol = spelled.Value;
        else if (!Symbol.TryParseCanonical(text, out symbol) && !Symbol.TryParseCanonical($"FILE.{text}", out symbol)) return false;
        return true;
    }

    /// <summary>Of prices with so many decimals.</summary>
    public static decimal Tick(int decimals)
    {
        var tick = 1m;
        for (var i = 0; i < Math.Max(2, decimals); i++) tick /= 10m;
        return tick;
    }

    /// <summary>One side at a time, paid in full, no fees unless they are given.</summary>
    private static Contract Stock(Symbol symbol, decimal tick)
    {
        var free = new FeeRate(FeeBasis.ByMoney, 0m);
        var terms = new ContractTerms
        {
            EffectiveFrom = DateOnly.MinValue,
            PriceTick = tick,
            LongMargin = Ratio.One,
            ShortMargin = Ratio.One,
            MarginPrice = MarginPrice.Latest,
            Fees = new(free, free, free),
            DistinguishesToday = false,
            SingleSide = SingleSideMargin.Never,
            MarginGroup = symbol.ToString(),
        };
        return new()
        {
            Symbol = symbol,
            PriceTick = tick,
            Product = new()
            {
                Exchange = symbol.Exchange,
                Code = symbol.Code,
                ChineseName = symbol.Code,
                EnglishName = symbol.Code,
                Class = AssetClass.Stock,
                Currency = symbol.Exchange == "HK" ? Currency.Hkd : Currency.Usd,
                Multiplier = 1m,
                VolumeStep = 1m,
                HoldsBothSides = false,
                Sessions = new() { UtcOffset = TimeSpan.Zero, DayAuctions = [], Day = [], NightAuctions = [], Night = [], Always = true },
                Terms = [terms],
            },
        };
    }
}

public enum ContractTaken
{
    /// <summary>The contract itself.</summary>
    Catalog,

    /// <summary>A product's contracts one after the other, with the product's terms.</summary>
    Product,

    /// <summary>The catalog does not know it: one side at a time, paid in full.</summary>
    Stock,
}

/// <summary>What the caller says about the contract instead of the catalog; null: nothing.</summary>
public sealed record ContractOverrides(decimal? PriceTick, decimal? Multiplier, decimal? Margin, decimal? VolumeStep)
{
    /// <summary>All that a contract nobody knows needs.</summary>
    public bool DescribesIt => PriceTick is not null && Multiplier is not null && Margin is not null;

    public BacktestMarket Apply(BacktestMarket market)
    {
        var product = market.Contract.Product;
        var contract = market.Contract with
        {
            PriceTick = PriceTick ?? market.Contract.PriceTick,
            Product = product with { Multiplier = Multiplier ?? product.Multiplier, VolumeStep = VolumeStep ?? product.VolumeStep },
        };
        if (Margin is not { } margin) return market with { Contract = contract };
        return market with { Contract = contract, TermsOn = day => market.TermsOn(day) with { LongMargin = new(margin), ShortMargin = new(margin) } };
    }
}
