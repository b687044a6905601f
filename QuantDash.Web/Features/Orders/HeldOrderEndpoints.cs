using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Orders;

/// <summary>Stop, stop-limit and conditional orders, held by us until their price is seen.</summary>
public static class HeldOrderEndpoints
{
    public static void MapHeldOrders(this IEndpointRouteBuilder app)
    {
        var held = app.MapGroup("/api/held_orders").RequireAuthorization(Scopes.Read).WithTags("Orders");
        held.MapGet("", ListAsync).WithSummary("Orders that we hold, newest first, then those that ended lately (account_id, symbol, status)").Produces<ListAnswer<HeldOrderAnswer>>();
        held.MapGet("{id:guid}", FindAsync).WithSummary("One that waits, or that ended lately").Produces<HeldOrderAnswer>();
        held.MapPost("", PlaceAsync).RequireAuthorization(Scopes.Trade)
            .WithSummary("Holds an order until its price is seen; its venue knows nothing of it before. A stop whose level is passed is refused; a conditional order whose level is reached triggers with the next tick")
            .Takes<HeldOrderBody>().Produces<HeldOrderAnswer>(StatusCodes.Status201Created);
        held.MapDelete("{id:guid}", CancelAsync).RequireAuthorization(Scopes.Trade).WithSummary("Nothing follows from its price any more").Produces<HeldOrderAnswer>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, EngineReads reads, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var query = new QueryFields(context.Request.Query);
        var (account, symbol, state) = (query.Account(snapshot), query.Symbol(catalog, TradingFields.DayOf(snapshot, null, clock.GetUtcNow())), query.Choice<HeldState>("status"));
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        return Answers.Whole(snapshot.HeldOrders
            .Where(view => (account is null || view.Held.Order.AccountId == account) && (symbol is null || view.Held.Order.Symbol == symbol) && (state is null || view.Held.State == state))
            .Select(HeldOrderAnswer.Of));
    }

    private static async Task<IResult> FindAsync(Guid id, EngineReads reads, CancellationToken stop) =>
        (await reads.SnapshotAsync(stop)).HeldOrders.FirstOrDefault(view => view.Held.Id == id) is { } view
            ? Results.Ok(HeldOrderAnswer.Of(view))
            : ProblemAnswer.Of([new Problem("id", "unknown_held_order", id)]);

    private static async Task<IResult> PlaceAsync(HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var snapshot = await reads.SnapshotAsync(stop);
        body.Require("kind", "level");
        var order = OrderReader.Read(body, snapshot, catalog, clock.GetUtcNow());
        var contract = order is null ? null : catalog.Find(order.Symbol, TradingFields.DayOf(snapshot, snapshot.Accounts.First(account => account.Account.Id == order.AccountId), clock.GetUtcNow()));
        var (kind, level) = (body.Choice<HeldKind>("kind"), body.Price("level", contract));
        var (comparison, source, thisDay, until) = (body.Choice<HeldComparison>("comparison"), body.Choice<PriceSource>("price_source"), body.Flag("this_day"), body.Time("valid_until"));
        if (kind == HeldKind.StopLimit) RequirePrice(body);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var request = new HeldRequest(order!, kind!.Value, level!.Value, comparison, source ?? PriceSource.Last, thisDay ?? false, until);
        var placed = await runtime.RunAsync((engine, now) => engine.Held.Place(request, now), stop);
        return Answers.Created(placed, p => $"/api/held_orders/{p.Held.Id}", HeldOrderAnswer.Of);
    }

    private static async Task<IResult> CancelAsync(Guid id, TradingRuntime runtime, CancellationToken stop) =>
        Answers.Of(await runtime.RunAsync((engine, now) => engine.Held.Cancel(id, now), stop), HeldOrderAnswer.Of);

    private static void RequirePrice(JsonFields body)
    {
        if (body.Problems.TrueForAll(problem => problem.Field != "price")) body.Require("price");
    }
}
