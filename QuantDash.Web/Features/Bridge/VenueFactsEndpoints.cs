using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Bridge;

/// <summary>What the counter knows beside orders and positions: its trades, also those made elsewhere, and the account's funds.</summary>
public static class VenueFactsEndpoints
{
    private const int MostTrades = 5000;

    public static void MapVenueFacts(this IEndpointRouteBuilder app)
    {
        var facts = app.MapGroup("/api").RequireAuthorization(Scopes.Bridge).WithTags("Bridge");
        facts.MapPost("trades", TradesAsync).WithSummary("Trades of a bridge account, ours or made elsewhere; a repeated one changes nothing")
            .Takes<TradesBody>().Produces<TradesAnswer>();
        facts.MapPost("account_snapshots", FundsAsync).WithSummary("The counter's funds; the first one is the account's balance, later ones are compared")
            .Takes<FundsBody>().Produces<FundsToldAnswer>();
    }

    private static async Task<IResult> TradesAsync(
        HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var snapshot = await reads.SnapshotAsync(stop);
        body.Require("account_id", "trades");
        var account = body.Account(snapshot);
        var day = TradingFields.DayOf(snapshot, account, clock.GetUtcNow());
        var trades = (body.Objects("trades", MostTrades) ?? []).Select(trade => ReadTrade(trade, catalog, day)).OfType<ToldTrade>().ToList();
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var taken = await runtime.RunAsync((engine, now) => engine.TakeTrades(account!.Account.Id, trades, now), stop);
        return Answers.Of(taken, result => new TradesAnswer(result.Booked, result.Repeated, [.. result.UnknownIds.Select(id => id.Value)]));
    }

    private static ToldTrade? ReadTrade(JsonFields body, ContractCatalog catalog, DateOnly day)
    {
        var before = body.Problems.Count;
        body.Require("trade_id", "symbol", "side", "price", "volume", "timestamp");
        var contract = body.Contract(catalog, day);
        var (id, side, offset) = (body.Text("trade_id", 64), body.Choice<OrderSide>("side"), body.Choice<Offset>("offset"));
        var (price, volume, timestamp, order) = (body.Price("price", contract), body.Volume("volume", contract), body.Time("timestamp"), body.Text("client_order_id"));
        if (price is { Value: <= 0 }) body.Refuse("price", "not_positive", price.Value.Value);
        if (volume is { IsZero: true }) body.Refuse("volume", "not_positive", 0m);
        if (id is { Length: 0 }) body.Refuse("trade_id", "required");
        if (body.Problems.Count > before) return null;
        return new()
        {
            TradeId = id!, Symbol = contract!.Symbol, Side = side!.Value, Offset = offset, Price = price!.Value, Volume = volume!.Value, Timestamp = timestamp!.Value,
            OrderId = ClientOrderId.IsValid(order) ? new(order!) : null,
        };
    }

    private static async Task<IResult> FundsAsync(HttpContext context, EngineReads reads, TradingRuntime runtime, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var snapshot = await reads.SnapshotAsync(stop);
        body.Require("account_id", "timestamp", "balance");
        var account = body.Account(snapshot);
        var (timestamp, balance) = (body.Time("timestamp"), body.Number("balance"));
        body.Number("available");
        body.Number("margin");
        var currency = body.Text("currency");
        if (account is not null && currency is not null && currency != account.Account.Currency.Code)
            body.Refuse("currency", "not_allowed", currency, new[] { account.Account.Currency.Code });
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var told = await runtime.RunAsync((engine, now) => engine.TakeFunds(account!.Account.Id, balance!.Value, timestamp!.Value, now), stop);
        return Answers.Of(told, result => new FundsToldAnswer(result.Balance, result.Equity, result.Balance - result.Equity));
    }
}

/// <param name="AccountId">Our id, or the venue's.</param>
public sealed record TradesBody(string AccountId, IReadOnlyList<TradeBody> Trades);

/// <param name="Offset">Without one: closes what is held on the other side, else opens.</param>
/// <param name="ClientOrderId">Ours; absent for a trade made elsewhere.</param>
public sealed record TradeBody(
    string TradeId, string Symbol, OrderSide Side, decimal Price, decimal Volume, DateTimeOffset Timestamp, Offset? Offset = null, string? ClientOrderId = null);

/// <param name="UnknownIds">Orders named that are not ours; those trades were booked as made elsewhere.</param>
public sealed record TradesAnswer(int Booked, int Repeated, IReadOnlyList<string> UnknownIds);

/// <param name="AccountId">Our id, or the venue's.</param>
public sealed record FundsBody(
    string AccountId, DateTimeOffset Timestamp, decimal Balance, decimal? Available = null, decimal? Margin = null, string? Currency = null);

/// <param name="Equity">Ours; null while a mark is missing.</param>
/// <param name="Difference">The counter's less ours; null when unknown.</param>
public sealed record FundsToldAnswer(decimal Balance, decimal? Equity, decimal? Difference);
