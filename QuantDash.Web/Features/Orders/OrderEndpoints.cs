using QuantDash.Core.Audit;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Orders;

/// <summary>Orders by hand, and the history of orders and trades.</summary>
public static class OrderEndpoints
{
    public static IServiceCollection AddOrderEndpoints(this IServiceCollection services) => services.AddSingleton<OrderQuery>();

    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/api").RequireAuthorization(Scopes.Read).WithTags("Orders");
        orders.MapGet("orders", ListAsync).WithSummary($"Orders, newest first ({OrderQuery.Names})").Produces<ListAnswer<OrderAnswer>>();
        orders.MapGet("orders/{id}", FindAsync).WithSummary("One order").Produces<OrderAnswer>();
        orders.MapPost("orders", PlaceAsync).RequireAuthorization(Scopes.Trade).WithSummary("An order by hand: open, close or lock a leg")
            .Takes<OrderBody>().Produces<OrderAnswer>(StatusCodes.Status201Created);
        orders.MapPost("orders/{id}/cancel", CancelAsync).RequireAuthorization(Scopes.Trade).WithSummary("Asks the venue to cancel; a change of the order that waits for its end is called off").Produces<OrderAnswer>();
        orders.MapPost("orders/{id}/replace/preview", (HttpContext context, string id, TradingRuntime runtime, CancellationToken stop) => ReplaceAsync(
                context, id, async (order, price, volume) => Answers.Of(await runtime.RunAsync((engine, now) => engine.PreviewReplace(order, price, volume, now), stop), ReplaceAnswer.Of)))
            .RequireAuthorization(Scopes.Trade).WithSummary("What replacing an order would send").Takes<ReplaceOrderBody>().Produces<ReplaceAnswer>();
        orders.MapPost("orders/{id}/replace", (HttpContext context, string id, TradingRuntime runtime, CancellationToken stop) => ReplaceAsync(
                context, id, async (order, price, volume) => Answers.Of(await runtime.RunAsync((engine, now) => engine.ReplaceOrder(order, price, volume, now), stop), OrderAnswer.Of)))
            .RequireAuthorization(Scopes.Trade)
            .WithSummary("Another price: the order is cancelled, and what it left goes out under a new id once its end is certain: not after a cancel that was refused or not answered, on another trading day, or after a restart. Answers with the order being cancelled").Takes<ReplaceOrderBody>().Produces<OrderAnswer>();
        orders.MapPost("orders/{id}/settle/preview", (HttpContext context, string id, EngineReads reads, IUnknownOrders desk, CancellationToken stop) => SettleAsync(context, id, reads, async (account, order, settlement) => Answers.Of(await desk.PreviewAsync(account, order, settlement), SettlementAnswer.Of), stop))
            .RequireAuthorization(Scopes.Trade).WithSummary("What settling an order of unknown outcome by hand would book").Takes<SettleOrderBody>().Produces<SettlementAnswer>();
        orders.MapPost("orders/{id}/settle", (HttpContext context, string id, EngineReads reads, IUnknownOrders desk, CancellationToken stop) => SettleAsync(context, id, reads, async (account, order, settlement) => Answers.Of(await desk.SettleAsync(account, order, settlement), OrderAnswer.Of), stop))
            .RequireAuthorization(Scopes.Trade).WithSummary("What a person found out about an order of unknown outcome; booked as the venue's report would have been").Takes<SettleOrderBody>().Produces<OrderAnswer>();
        orders.MapGet("trades", TradesAsync).WithSummary($"Trades, newest first ({OrderQuery.Names})").Produces<ListAnswer<TradeAnswer>>();
        orders.MapGet("trades/totals", TotalsAsync).WithSummary($"All trades that are wanted added up, one line a currency ({OrderQuery.Names})").Produces<ListAnswer<TradeTotalsAnswer>>();
        orders.MapOrderCsv();
    }

    private static async Task<IResult> ListAsync(HttpContext context, OrderQuery query, EngineReads reads, IOrderHistory history, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        var unknown = (await reads.SnapshotAsync(stop)).Unknown.ToDictionary(view => view.Order.Id);
        return await Answers.PageAsync(fields, page => history.OrdersWithOriginAsync(filter, page, stop), line => OrderAnswer.Of(line, unknown.GetValueOrDefault(line.Order.Id)));
    }

    private static async Task<IResult> FindAsync(string id, EngineReads reads, IOrderHistory history, CancellationToken stop)
    {
        if (!ClientOrderId.IsValid(id)) return ProblemAnswer.Of([new Problem("id", "unknown_order", id)]);
        var unknown = (await reads.SnapshotAsync(stop)).Unknown.FirstOrDefault(view => view.Order.Id.Value == id);
        var found = await history.OrdersWithOriginAsync(new() { OrderId = new(id) }, new PageRequest(null, 1), stop);
        return found.Items.Count == 0 ? ProblemAnswer.Of([new Problem("id", "unknown_order", id)]) : Results.Ok(OrderAnswer.Of(found.Items[0], unknown));
    }

    private static async Task<IResult> ReplaceAsync(HttpContext context, string id, Func<ClientOrderId, Price, Volume?, Task<IResult>> act)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("price");
        var (price, volume) = (body.Number("price"), body.Volume("volume", null));
        if (!ClientOrderId.IsValid(id)) body.Refuse("id", "unknown_order", id);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return await act(new(id), new(price!.Value), volume);
    }

    private static async Task<IResult> SettleAsync(
        HttpContext context, string id, EngineReads reads, Func<AccountId, ClientOrderId, OrderSettlement, Task<IResult>> act, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("outcome");
        var (outcome, volume, price) = (body.Choice<SettledAs>("outcome"), body.Volume("filled_volume", null), body.Number("price"));
        var order = (await reads.SnapshotAsync(stop)).Orders.FirstOrDefault(order => order.Id.Value == id);
        if (order is null) body.Refuse("id", "unknown_order", id);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return await act(order!.AccountId, order.Id, new(outcome!.Value, volume, price is { } given ? new Price(given) : null));
    }

    private static async Task<IResult> TradesAsync(HttpContext context, OrderQuery query, IOrderHistory history, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        return await Answers.PageAsync(fields, page => history.TradesWithOriginAsync(filter, page, stop), TradeAnswer.Of);
    }

    private static async Task<IResult> TotalsAsync(
        HttpContext context, OrderQuery query, EngineReads reads, IOrderHistory history, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        if (fields.Problems.Count > 0) return ProblemAnswer.Of(fields.Problems);
        var snapshot = await reads.SnapshotAsync(stop);
        var day = TradingFields.DayOf(snapshot, null, clock.GetUtcNow());
        var totals = TradeTotals.Of(
            await history.TradeSumsAsync(filter, stop), symbol => catalog.Find(symbol, day)?.Multiplier, id => snapshot.Accounts.FirstOrDefault(a => a.Account.Id == id)?.Account.Currency);
        return Answers.Whole(totals.Select(TradeTotalsAnswer.Of));
    }

    private static async Task<IResult> PlaceAsync(
        HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var snapshot = await reads.SnapshotAsync(stop);
        var request = OrderReader.Read(body, snapshot, catalog, clock.GetUtcNow());
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var placed = await runtime.RunAsync((engine, now) => engine.PlaceOrder(request! with { MayRepeat = MayRepeat(context) }, now), stop);
        return Answers.Created(placed, o => $"/api/orders/{o.Id}", OrderAnswer.Of);
    }

    /// <summary>A program, and whoever names a request, says by that whether it is another one.</summary>
    private static bool MayRepeat(HttpContext context) => Acting.Now.Kind != ActorKind.User || context.Request.Headers.ContainsKey(IdempotencyId.Header);

    private static async Task<IResult> CancelAsync(string id, TradingRuntime runtime, CancellationToken stop)
    {
        if (!ClientOrderId.IsValid(id)) return ProblemAnswer.Of([new Problem("id", "unknown_order", id)]);
        return Answers.Of(await runtime.RunAsync((engine, now) => engine.CancelOrder(new(id), now), stop), OrderAnswer.Of);
    }
}
