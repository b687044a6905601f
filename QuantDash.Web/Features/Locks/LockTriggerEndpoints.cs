using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>触发记录, 锁仓执行 and locks over HTTP.</summary>
internal static class LockTriggerEndpoints
{
    public static void MapLockTriggers(this IEndpointRouteBuilder app)
    {
        var locks = app.MapGroup("/api").RequireAuthorization(Scopes.Read).WithTags("Locks");
        locks.MapGet("lock/triggers", TriggersAsync).WithSummary("Triggers, newest first (status, trigger_type, account_id, symbol, config_id, since, before)")
            .Produces<ListAnswer<LockTriggerAnswer>>();
        locks.MapGet("lock/triggers/{id:guid}", TriggerAsync).WithSummary("One trigger").Produces<LockTriggerAnswer>();
        locks.MapPost("lock/triggers/{id:guid}/cancel", CancelAsync).RequireAuthorization(Scopes.Trade).WithSummary("Cancels a trigger that has not been executed")
            .Produces<LockTriggerAnswer>();
        locks.MapPost("lock/triggers/{id:guid}/done", DoneAsync).RequireAuthorization(Scopes.Trade).WithSummary("Calls a failed trigger done by hand; the note says how")
            .Takes<DoneBody>().Produces<LockTriggerAnswer>();
        locks.MapPost("lock/execute/{id:guid}", ExecuteAsync).RequireAuthorization(Scopes.Trade)
            .WithSummary("The confirming click; 409 price_moved with the new price unless force is true")
            .Takes<ExecuteBody>(optional: true).Produces<LockTriggerAnswer>();
        locks.MapGet("lock/executions", ExecutionsAsync).WithSummary("Executions, newest first (account_id, symbol, since, before)")
            .Produces<ListAnswer<LockExecutionAnswer>>();
        locks.MapGet("locks", LocksAsync).WithSummary("Locks, active and past, newest first (account_id, symbol, since, before)").Produces<ListAnswer<LockAnswer>>();
    }

    private static async Task<IResult> TriggerAsync(Guid id, EngineReads reads, ILockHistory history, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var trigger = snapshot.Triggers.FirstOrDefault(t => t.Id == id) ?? await history.TriggerAsync(id, stop);
        return trigger is not null ? Results.Ok(LockTriggerAnswer.Of(trigger)) : ProblemAnswer.Of([new Problem("id", "unknown_trigger", id)]);
    }

    private static async Task<IResult> TriggersAsync(HttpContext context, LockQuery query, ILockHistory history, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        filter = filter with { ConfigId = fields.Id("config_id"), Status = fields.Choice<TriggerStatus>("status"), Condition = fields.Choice<ConditionKind>("trigger_type") };
        return await Answers.PageAsync(fields, page => history.TriggersAsync(filter, page, stop), LockTriggerAnswer.Of);
    }

    private static async Task<IResult> ExecutionsAsync(HttpContext context, LockQuery query, ILockHistory history, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        return await Answers.PageAsync(fields, page => history.ExecutionsAsync(filter, page, stop), LockExecutionAnswer.Of);
    }

    private static async Task<IResult> LocksAsync(HttpContext context, LockQuery query, ILockHistory history, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        return await Answers.PageAsync(fields, page => history.LocksAsync(filter, page, stop), LockAnswer.Of);
    }

    private static async Task<IResult> CancelAsync(Guid id, TradingRuntime runtime, CancellationToken stop) =>
        Answers.Of(await runtime.RunAsync((engine, now) => engine.CancelTrigger(id, now), stop), LockTriggerAnswer.Of);

    private static async Task<IResult> DoneAsync(Guid id, HttpContext context, TradingRuntime runtime, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var note = body.Text("note", LockRuleValidation.LongestNote) ?? "";
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Of(await runtime.RunAsync((engine, now) => engine.MarkTriggerDone(id, note, now), stop), LockTriggerAnswer.Of);
    }

    private static async Task<IResult> ExecuteAsync(Guid id, HttpContext context, TradingRuntime runtime, CancellationToken stop)
    {
        var body = await JsonBody.ReadOptionalObjectAsync(context);
        var force = body.Flag("force") ?? false;
        var shown = body.Number("shown_price");
        if (shown <= 0) body.Refuse("shown_price", "not_positive", shown);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);

        var outcome = await runtime.RunAsync((engine, now) => engine.ConfirmTrigger(id, shown is { } price ? new Price(price) : null, force, now), stop);
        if (outcome.Succeeded) return Results.Ok(LockTriggerAnswer.Of(outcome.Value));
        return outcome.Problems is [{ Code: "price_moved", Values: [var before, var after, ..] }]
            ? new ProblemAnswer(ProblemKind.Conflict, outcome.Problems) { More = new Dictionary<string, object?> { ["shown_price"] = Plain(before), ["price"] = Plain(after) } }
            : ProblemAnswer.Of(outcome.Problems);
    }

    private static object? Plain(object? value) => value is Price price ? price.Value : value;
}

/// <param name="Force">Execute although the price moved since it was shown.</param>
/// <param name="ShownPrice">The price the trader decided on; the trigger's own price when absent.</param>
public sealed record ExecuteBody(bool Force = false, decimal? ShownPrice = null);

/// <param name="Note">How its lots were locked, 1 to 500 characters.</param>
public sealed record DoneBody(string Note);

/// <summary>Reads the filters that all lock lists share, once what happened before the request stands in the database.</summary>
internal sealed class LockQuery(EngineReads reads, ContractCatalog catalog, TimeProvider clock)
{
    public async Task<(QueryFields Fields, LockFilter Filter)> ReadAsync(HttpContext context, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var fields = new QueryFields(context.Request.Query);
        return (fields, new()
        {
            AccountId = fields.Account(snapshot),
            Symbol = fields.Symbol(catalog, TradingFields.DayOf(snapshot, null, clock.GetUtcNow())),
            Since = fields.Time("since"),
            Before = fields.Time("before"),
        });
    }
}
