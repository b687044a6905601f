using System.Globalization;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Orders;

/// <summary>How large an order could be.</summary>
public static class QuantityEndpoints
{
    private const decimal LargestPrice = 1_000_000_000m;

    public static void MapQuantity(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/accounts/{id}/max_quantity", AskAsync).RequireAuthorization(Scopes.Read).WithTags("Orders")
            .WithSummary("The most that one order could open and close, and what limits it (symbol, side=buy|sell, price, offset=open|close|close_today|close_yesterday)").Produces<MaxQuantityAnswer>();

    private static async Task<IResult> AskAsync(
        string id, HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var query = new QueryFields(context.Request.Query);
        var account = TradingFields.Find(snapshot, id);
        if (account is null) query.Refuse("account_id", "unknown_account", id);
        foreach (var name in new[] { "symbol", "side" })
            if (query.Text(name) is null) query.Refuse(name, "required");
        var symbol = query.Symbol(catalog, TradingFields.DayOf(snapshot, account, clock.GetUtcNow()));
        var side = query.Choice<OrderSide>("side");
        var offset = query.Choice<Offset>("offset") ?? Offset.Open;
        var price = PriceOf(query);
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        var asked = await runtime.RunAsync((engine, now) => engine.MaxQuantity(account!.Account.Id, symbol!.Value, side!.Value, price, now), stop);
        return Answers.Of(asked, most => MaxQuantityAnswer.Of(account!.Account.Id, symbol!.Value, offset, most));
    }

    private static Price? PriceOf(QueryFields query)
    {
        if (query.Text("price") is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) && price is > 0m and <= LargestPrice) return new(price);
        query.Refuse("price", "out_of_range", 0m, LargestPrice, text);
        return null;
    }
}

/// <param name="Volume">The most that one order with that offset could be; null when it cannot be told.</param>
/// <param name="LimitedBy">What keeps it from being more.</param>
public sealed record MaxQuantityAnswer(
    Guid AccountId, string Symbol, OrderSide Side, Offset Offset, decimal? Price, decimal? Volume, QuantityLimit LimitedBy, OpenQuantityAnswer Open, CloseQuantityAnswer Close)
{
    public static MaxQuantityAnswer Of(AccountId account, Symbol symbol, Offset offset, MaxQuantity most)
    {
        var (volume, why) = offset switch
        {
            Offset.Open => (most.Open.Volume, most.Open.LimitedBy),
            Offset.CloseToday => (most.Close.Today, most.Close.LimitedBy),
            Offset.CloseYesterday => (most.Close.Yesterday, most.Close.LimitedBy),
            Offset.Close => (most.Close.Volume, most.Close.LimitedBy),
        };
        return new(account.Value, symbol.ToString(), most.Side, offset, most.Price?.Value, volume?.Value, why, OpenQuantityAnswer.Of(most.Open), CloseQuantityAnswer.Of(most.Close));
    }
}

/// <param name="LargestOrder">The exchange's largest single order; null: none is known.</param>
/// <param name="ByFunds">What funds alone would allow.</param>
/// <param name="MarginPerUnit">Full-leg margin of one unit, which is what a venue freezes.</param>
public sealed record OpenQuantityAnswer(decimal? Volume, QuantityLimit LimitedBy, decimal? LargestOrder, decimal? ByFunds, decimal? MarginPerUnit, decimal? FeePerUnit, decimal? Available)
{
    public static OpenQuantityAnswer Of(OpenQuantity open) =>
        new(open.Volume?.Value, open.LimitedBy, open.LargestOrder?.Value, open.ByFunds?.Value, open.MarginPerUnit, open.FeePerUnit, open.Available);
}

/// <param name="Today">Of lots opened on this trading day.</param>
/// <param name="Yesterday">Of older lots.</param>
/// <param name="Held">The whole leg.</param>
/// <param name="Locked">What of it belongs to locks.</param>
public sealed record CloseQuantityAnswer(decimal Volume, decimal Today, decimal Yesterday, QuantityLimit LimitedBy, decimal Held, decimal Locked)
{
    public static CloseQuantityAnswer Of(CloseQuantity close) => new(close.Volume.Value, close.Today.Value, close.Yesterday.Value, close.LimitedBy, close.Held.Value, close.Locked.Value);
}
