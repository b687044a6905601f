using QuantDash.Core.Instruments;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Market;

/// <summary>Products with the terms in force today, and single contracts.</summary>
internal static class InstrumentEndpoints
{
    private static readonly TimeSpan ExchangeTime = TimeSpan.FromHours(8);

    public static void MapInstruments(this IEndpointRouteBuilder app)
    {
        var instruments = app.MapGroup("/api/instruments").RequireAuthorization(Scopes.Read).WithTags("Market");
        instruments.MapGet("", List).WithSummary("All products (exchange, product), or the contract that symbol names").Produces<ListAnswer<InstrumentAnswer>>();
    }

    private static IResult List(HttpContext context, ContractCatalog catalog, TimeProvider clock)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(ExchangeTime).DateTime);
        var query = new QueryFields(context.Request.Query);
        if (query.Text("symbol") is { } text)
        {
            var found = catalog.Resolve(text, today);
            return found.Succeeded
                ? Answers.Whole([InstrumentAnswer.Of(found.Value, catalog.TermsOn(found.Value, today))])
                : ProblemAnswer.Of(found.Problems);
        }

        var (exchange, product) = (query.Text("exchange"), query.Text("product"));
        return query.Problems.Count > 0
            ? ProblemAnswer.Of(query.Problems)
            : Answers.Whole(catalog.Products
                .Where(p => (exchange is null || p.Exchange == exchange) && (product is null || p.Code == product))
                .Select(p => InstrumentAnswer.Of(p, p.TermsOn(today))));
    }
}

/// <param name="Symbol">Null for a product.</param>
/// <param name="LongMargin">Fraction of the notional.</param>
/// <param name="MakerFee">What an order pays that waited in the book; null where all pay the same.</param>
/// <param name="OpenFee">Basis by_money: fraction of the notional; by_volume: money a unit of volume.</param>
public sealed record InstrumentAnswer(
    string? Symbol,
    string Exchange,
    string Product,
    string ChineseName,
    string EnglishName,
    AssetClass AssetClass,
    string Currency,
    decimal Multiplier,
    decimal VolumeStep,
    decimal PriceTick,
    decimal LongMargin,
    decimal ShortMargin,
    FeeAnswer OpenFee,
    FeeAnswer CloseFee,
    FeeAnswer CloseTodayFee,
    FeeAnswer? MakerFee,
    decimal? PriceLimit,
    bool DistinguishesToday,
    bool HoldsBothSides,
    DateOnly? LastTradingDay)
{
    public static InstrumentAnswer Of(Product product, ContractTerms terms) => new(
        null, product.Exchange, product.Code, product.ChineseName, product.EnglishName, product.Class, product.Currency.Code, product.Multiplier,
        product.VolumeStep, terms.PriceTick, terms.LongMargin.Value, terms.ShortMargin.Value, FeeAnswer.Of(terms.Fees.Open), FeeAnswer.Of(terms.Fees.Close),
        FeeAnswer.Of(terms.Fees.CloseToday), terms.Fees.Maker is { } maker ? FeeAnswer.Of(maker) : null, terms.PriceLimit?.Value, terms.DistinguishesToday, product.HoldsBothSides, null);

    public static InstrumentAnswer Of(Contract contract, ContractTerms terms) => Of(contract.Product, terms) with
    {
        Symbol = contract.Symbol.ToString(),
        PriceTick = contract.PriceTick,
        LastTradingDay = contract.LastTradingDay,
    };
}

public sealed record FeeAnswer(FeeBasis Basis, decimal Value)
{
    public static FeeAnswer Of(FeeRate rate) => new(rate.Basis, rate.Value);
}
