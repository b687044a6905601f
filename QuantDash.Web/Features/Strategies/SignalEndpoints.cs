using QuantDash.Core.Hosting;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Strategies;

/// <summary>Signals of strategies over HTTP: the list of one, all of them as CSV, and how they went.</summary>
internal static class SignalEndpoints
{
    private static readonly string[] Columns =
    [
        "id", "strategy_id", "run_id", "strategy_name", "number", "account_id", "symbol", "trigger_time", "trigger_condition", "trigger_price", "action_type", "side", "offset", "type", "price", "volume",
        "filled_volume", "average_price", "execution_result", "is_over", "order_id", "error_message", "problem", "problem_values", "updated_at",
    ];

    public static void MapSignals(this IEndpointRouteBuilder app)
    {
        var reads = app.MapGroup("/api/strategies").RequireAuthorization(Scopes.Read).WithTags("Strategies");
        reads.MapGet("{id:guid}/signals", SignalsAsync).WithSummary("What a strategy asked for and its fate, newest first (execution_result, limit, cursor)").Produces<ListAnswer<SignalAnswer>>();
        reads.MapGet("{id:guid}/statistics", StatisticsAsync).WithSummary("How its signals went, by mode, contract, action and kind of order: filled, refused and why, time to fill, slippage").Produces<SignalStatisticsAnswer>();
        reads.MapGet("signals.csv", Csv).WithSummary("Signals of all strategies as CSV, newest first (strategy_id, execution_result)").Produces<string>(StatusCodes.Status200OK, "text/csv");
    }

    private static async Task<IResult> SignalsAsync(Guid id, HttpContext context, EngineReads reads, IStrategyArchive archive, CancellationToken stop)
    {
        if (!await IsKnownAsync(id, reads, stop)) return StrategyApi.Unknown(id);
        var query = new QueryFields(context.Request.Query);
        var result = query.Choice<SignalResult>("execution_result");
        return await Answers.PageAsync(query, page => archive.SignalsAsync(new() { InstanceId = id, Result = result }, page, stop), SignalAnswer.Of);
    }

    private static async Task<IResult> StatisticsAsync(Guid id, EngineReads reads, SignalJudge judge, CancellationToken stop)
    {
        if (!await IsKnownAsync(id, reads, stop)) return StrategyApi.Unknown(id);
        var judged = await judge.ReadAsync(id, stop);
        return Results.Ok(new SignalStatisticsAnswer(
            [.. SignalStatistics.ByKind(judged.Signals).Select(SignalLineAnswer.Of)], null, SignalLineAnswer.Of(SignalStatistics.Of(judged.Signals)), judged.IsCut));
    }

    private static IResult Csv(HttpContext context, IStrategyArchive archive, CancellationToken stop)
    {
        var query = new QueryFields(context.Request.Query);
        var filter = new SignalFilter { InstanceId = query.Id("strategy_id"), Result = query.Choice<SignalResult>("execution_result") };
        return query.Problems.Count > 0 ? ProblemAnswer.Of(query.Problems) : CsvAnswer.Of("strategy-signals.csv", Columns, page => archive.SignalsAsync(filter, page, stop), Cells);
    }

    private static object?[] Cells(StrategySignal s) =>
    [
        s.Id, s.InstanceId, s.RunId, s.StrategyName, s.Number, s.AccountId.Value, s.Symbol.ToString(), s.TriggerTime, s.TriggerCondition, s.TriggerPrice?.Value, WireNames<SignalAction>.Of(s.Action),
        WireNames<OrderSide>.Of(s.Side), WireNames<Offset>.Of(s.Offset), WireNames<StrategyOrderType>.Of(s.Type), s.Price?.Value, s.Volume.Value, s.FilledVolume.Value, s.AverageFillPrice?.Value,
        WireNames<SignalResult>.Of(s.Result), s.IsOver, s.OrderId?.Value, s.ErrorMessage, s.ProblemCode, string.Join(" ", s.ProblemValues), s.UpdatedAt,
    ];

    private static async Task<bool> IsKnownAsync(Guid id, EngineReads reads, CancellationToken stop) => (await reads.SnapshotAsync(stop)).Strategies.Any(view => view.Instance.Id == id);
}
