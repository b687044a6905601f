using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Bridge;

/// <summary>What the counter knows beside orders and positions: its trades, also those made elsewhere, and the account's funds.</summary>
public static class VenueFactsEndpoints
{
    public static void MapVenueFacts(this IEndpointRouteBuilder app)
    {
        var facts = app.MapGroup("/api").RequireAuthorization(Scopes.Bridge).WithTags("Bridge");
        facts.MapPost("trades", TradesAsync).WithSummary("Trades of a bridge account, ours or made elsewhere; a repeated one changes nothing")
            .Takes<TradesBody>().Produces<TradesAnswer>();
        facts.MapPost("account_snapshots", FundsAsync).WithSummary("The counter's funds; the first one is the account's balance, later ones are compared")
            .Takes<FundsBody>().Produces<FundsToldAnswer>();
    }

    private static async Task<IResult> TradesAsync(HttpContext context, EngineReads reads, VenueFacts facts, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var snapshot = await reads.SnapshotAsync(stop);
        body.Require("account_id");
        return Answers.Of(await facts.TakeTradesAsync(body, snapshot, body.Account(snapshot), stop), answer => answer);
    }

    private static async Task<IResult> FundsAsync(HttpContext context, EngineReads reads, VenueFacts facts, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var snapshot = await reads.SnapshotAsync(stop);
        body.Require("account_id");
        return Answers.Of(await facts.TakeFundsAsync(body, body.Account(snapshot), stop), answer => answer);
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
