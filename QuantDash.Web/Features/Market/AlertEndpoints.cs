using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Market;

/// <summary>Price alerts without an order.</summary>
internal static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        var alerts = app.MapGroup("/api/alerts").RequireAuthorization(Scopes.Read).WithTags("Market");
        alerts.MapGet("", ListAsync).WithSummary("Price alerts that wait, and the latest that were told, newest first").Produces<ListAnswer<AlertAnswer>>();
        alerts.MapPost("", CreateAsync).RequireAuthorization(Scopes.Trade).WithSummary("A price at which the trader is told; of a source, or of the one that an account hears")
            .Takes<AlertBody>().Produces<AlertAnswer>(StatusCodes.Status201Created);
        alerts.MapPut("{id:guid}", MoveAsync).RequireAuthorization(Scopes.Trade).WithSummary("The same alert at another price").Takes<AlertMoveBody>().Produces<AlertAnswer>();
        alerts.MapDelete("{id:guid}", DeleteAsync).RequireAuthorization(Scopes.Trade).WithSummary("Nobody is told any more").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(EngineReads reads, CancellationToken stop) => Answers.Whole((await reads.SnapshotAsync(stop)).Alerts.Select(AlertAnswer.Of));

    private static async Task<IResult> CreateAsync(HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("symbol", "price", "direction");
        var snapshot = await reads.SnapshotAsync(stop);
        var contract = body.Contract(catalog, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(8)));
        var price = body.Price("price", contract);
        var direction = body.Choice<AlertDirection>("direction");
        var repeats = body.Flag("repeats") ?? false;
        var note = body.Text("note", PriceAlert.LongestNote);
        var source = SourceOf(body, snapshot);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var request = new AlertRequest(source!.Value, contract!.Symbol, price!.Value, direction!.Value, repeats, note);
        return Answers.Created(await runtime.RunAsync((engine, now) => engine.Alerts.Create(request, now), stop), _ => "/api/alerts", AlertAnswer.Of);
    }

    private static async Task<IResult> MoveAsync(Guid id, HttpContext context, TradingRuntime runtime, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("price");
        var price = body.Number("price");
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answer(id, await runtime.RunAsync((engine, now) => engine.Alerts.Move(id, new(price!.Value), now), stop), alert => Results.Ok(AlertAnswer.Of(alert)));
    }

    private static async Task<IResult> DeleteAsync(Guid id, TradingRuntime runtime, CancellationToken stop) =>
        Answer(id, await runtime.RunAsync((engine, _) => engine.Alerts.Delete(id), stop), _ => Results.NoContent());

    private static IResult Answer(Guid id, Outcome<PriceAlert> outcome, Func<PriceAlert, IResult> answer) =>
        outcome.Succeeded ? answer(outcome.Value)
        : outcome.Problems.Any(p => p.Code == "unknown_alert") ? ProblemAnswer.Of(ProblemKind.NotFound, "unknown_alert", id)
        : ProblemAnswer.Of(outcome.Problems);

    private static SourceName? SourceOf(JsonFields body, EngineSnapshot snapshot)
    {
        if (body.HasValue("account_id")) return body.Account(snapshot)?.Account.Source;
        body.Require("source");
        if (body.Text("source") is not { } name) return null;
        if (SourceName.IsValid(name)) return new(name);
        body.Refuse("source", "not_a_source_name", name);
        return null;
    }
}

/// <param name="Direction">above: told when the price rises to it; below: when it falls to it.</param>
/// <param name="Source">Or account_id.</param>
/// <param name="AccountId">The account whose source is meant.</param>
/// <param name="Repeats">Told at every crossing, a minute apart at least; else once.</param>
public sealed record AlertBody(string Symbol, decimal Price, AlertDirection Direction, string? Source = null, string? AccountId = null, bool Repeats = false, string? Note = null);

public sealed record AlertMoveBody(decimal Price);

/// <param name="State">away: the price is beyond the level and has to come back before it can be crossed.</param>
/// <param name="Times">How often it was told.</param>
public sealed record AlertAnswer(
    Guid Id, string Source, string Symbol, decimal Price, AlertDirection Direction, bool Repeats, string? Note, AlertState State, int Times, DateTimeOffset? ToldAt, decimal? ToldPrice, DateTimeOffset CreatedAt)
{
    public static AlertAnswer Of(PriceAlert alert) => new(
        alert.Id, alert.Source.Value, alert.Symbol.ToString(), alert.Level.Value, alert.Direction, alert.Repeats, alert.Note, alert.State, alert.Times, alert.ToldAt, alert.ToldPrice?.Value, alert.CreatedAt);
}
