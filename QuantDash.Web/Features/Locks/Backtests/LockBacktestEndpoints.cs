using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Locks.Backtests;

/// <summary>锁仓回测 over HTTP: begun by a POST, asked for by its id until it is over.</summary>
internal static class LockBacktestEndpoints
{
    public static void MapLockBacktests(this IEndpointRouteBuilder app)
    {
        var locks = app.MapGroup("/api/lock").RequireAuthorization(Scopes.Read).WithTags("Lock backtests");
        locks.MapPost("backtest", AskAsync).WithSummary("Would a rule have fired over stored ticks, or (compare) lock against close against hold; the very engine is run on them")
            .Takes<LockBacktestBody>().Produces<LockBacktestAnswer>(StatusCodes.Status202Accepted);
        locks.MapPost("backtest/preview", ChangeAsync).WithSummary("What other values of a rule would have changed over stored ticks").Takes<LockBacktestBody>().Produces<LockBacktestAnswer>(StatusCodes.Status202Accepted);
        locks.MapPost("backtest/sweep", SweepAsync).WithSummary("One or two values of a rule over a grid").Takes<LockBacktestBody>().Produces<LockBacktestAnswer>(StatusCodes.Status202Accepted);
        locks.MapGet("backtests", (LockBacktestDesk desk) => Answers.Whole(desk.Runs.Select(run => LockBacktestAnswer.Of(run, whole: false)))).WithSummary("Lock backtests since the start, newest first, without their results")
            .Produces<ListAnswer<LockBacktestAnswer>>();
        locks.MapGet("backtests/{id:guid}", Find).WithSummary("How far one is, and its result").Produces<LockBacktestAnswer>();
        locks.MapPost("backtests/{id:guid}/cancel", Cancel).WithSummary("Takes one back").Produces<LockBacktestAnswer>();
        locks.MapGet("statistics", StatisticsAsync).WithSummary("How firings went, by rule and condition: executed, time to fill, slippage, and what came later (account_id, symbol, config_id, from, to, later_minutes)").Produces<FiringStatisticsAnswer>();
    }

    private static async Task<IResult> AskAsync(HttpContext context, EngineReads reads, LockBacktestDesk desk, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        return await StartAsync(body, body.Flag("compare") == true ? LockQuestion.Compare : LockQuestion.Fire, reads, desk, catalog, clock, stop);
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, EngineReads reads, LockBacktestDesk desk, ContractCatalog catalog, TimeProvider clock, CancellationToken stop) =>
        await StartAsync(await JsonBody.ReadObjectAsync(context), LockQuestion.Change, reads, desk, catalog, clock, stop);

    private static async Task<IResult> SweepAsync(HttpContext context, EngineReads reads, LockBacktestDesk desk, ContractCatalog catalog, TimeProvider clock, CancellationToken stop) =>
        await StartAsync(await JsonBody.ReadObjectAsync(context), LockQuestion.Sweep, reads, desk, catalog, clock, stop);

    private static async Task<IResult> StartAsync(JsonFields body, LockQuestion question, EngineReads reads, LockBacktestDesk desk, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var ask = LockBacktestReader.Read(body, question, snapshot, catalog, clock.GetUtcNow());
        if (ask is null || body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var begun = desk.Start(ask, snapshot);
        return begun.Succeeded ? Results.Accepted($"/api/lock/backtests/{begun.Value.Id}", LockBacktestAnswer.Of(begun.Value, whole: true)) : ProblemAnswer.Of(begun.Problems);
    }

    private static IResult Find(Guid id, LockBacktestDesk desk) => desk.Find(id) is { } run ? Results.Ok(LockBacktestAnswer.Of(run.Current, whole: true)) : Unknown(id);

    private static IResult Cancel(Guid id, LockBacktestDesk desk) =>
        desk.Cancel(id) && desk.Find(id) is { } run ? Results.Ok(LockBacktestAnswer.Of(run.Current, whole: false)) : Unknown(id);

    private static ProblemAnswer Unknown(Guid id) => ProblemAnswer.Of([new Problem("id", "unknown_lock_backtest", id)]);

    private static async Task<IResult> StatisticsAsync(HttpContext context, LockQuery query, EngineReads reads, FiringJudge judge, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        filter = filter with { Since = fields.Time("from"), Before = fields.Time("to"), ConfigId = fields.Id("config_id") };
        var minutes = fields.Number("later_minutes", 1, FiringJudge.LongestLater) ?? FiringJudge.UsualLater;
        if (fields.Problems.Count > 0) return ProblemAnswer.Of(fields.Problems);
        var judged = await judge.ReadAsync(filter, (int)minutes, await reads.SnapshotAsync(stop), stop);
        return Results.Ok(new FiringStatisticsAnswer(
            [.. FiringStatistics.ByRule(judged.Firings).Select(FiringLineAnswer.Of)], null, FiringLineAnswer.Of(FiringStatistics.Of(judged.Firings)), (int)minutes, judged.IsCut));
    }
}
