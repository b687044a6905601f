using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Jobs;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Reconciliation;

/// <summary>对账 over HTTP: how accounts stand, compare now, take a difference over.</summary>
public static class ReconciliationEndpoints
{
    public static IServiceCollection AddReconciliation(this IServiceCollection services) => services.AddSingleton<IReconciliationCounter, ReconciliationCounter>().AddJob<ReconciliationJob>().AddReconciliationRetention();

    /// <summary>The part that a worker can do too.</summary>
    public static IServiceCollection AddReconciliationRetention(this IServiceCollection services) => services.AddJob<ReconciliationRetentionJob>();

    public static void MapReconciliation(this IEndpointRouteBuilder app)
    {
        var accounts = app.MapGroup("/api/reconciliation").RequireAuthorization(Scopes.Read).WithTags("Reconciliation");
        accounts.MapGet("", ListAsync).WithSummary("Every account against its venue: the latest comparison and what differs (account_id)").Produces<ListAnswer<ReconciliationAnswer>>();
        accounts.MapGet("runs", RunsAsync).WithSummary("Comparisons that are kept, newest first: at start, after a reconnection, on demand, and those that found something else than the one before (account_id, since, before)")
            .Produces<ListAnswer<KeptRunAnswer>>();
        accounts.MapPost("{account_id}", AskAsync).RequireAuthorization(Scopes.Trade)
            .WithSummary("Compares now. A bridge's program is asked for a snapshot; orders are not held back for it").Produces<ReconciliationAnswer>();
        accounts.MapPost("{account_id}/adopt", AdoptAsync).RequireAuthorization(Scopes.Trade).WithSummary("Makes the venue's truth ours for one difference").Takes<AdoptBody>().Produces<ReconciliationAnswer>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, EngineReads reads, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var query = new QueryFields(context.Request.Query);
        var account = query.Account(snapshot);
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        return Answers.Whole(snapshot.Reconciliations.Where(view => account is null || view.AccountId == account).Select(ReconciliationAnswer.Of));
    }

    private static async Task<IResult> RunsAsync(HttpContext context, EngineReads reads, IReconciliationHistory history, CancellationToken stop)
    {
        var query = new QueryFields(context.Request.Query);
        var filter = new ReconciliationFilter { AccountId = query.Account(await reads.SnapshotAsync(stop)), Since = query.Time("since"), Before = query.Time("before") };
        return await Answers.PageAsync(query, page => history.RunsAsync(filter, page, stop), KeptRunAnswer.Of);
    }

    private static async Task<IResult> AskAsync(HttpContext context, EngineReads reads, IReconciliationCounter counter, CancellationToken stop) =>
        await AccountOfAsync(context, reads, stop) is { } account ? Answers.Of(await counter.AskAsync(account), ReconciliationAnswer.Of) : Unknown(context);

    private static async Task<IResult> AdoptAsync(HttpContext context, EngineReads reads, IReconciliationCounter counter, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("key");
        var (key, shown) = (body.Text("key", 200), body.Number("shown"));
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return await AccountOfAsync(context, reads, stop) is { } account ? Answers.Of(await counter.AdoptAsync(account, key!, shown), ReconciliationAnswer.Of) : Unknown(context);
    }

    private static async Task<AccountId?> AccountOfAsync(HttpContext context, EngineReads reads, CancellationToken stop) =>
        TradingFields.Find(await reads.SnapshotAsync(stop), (string)context.GetRouteValue("account_id")!)?.Account.Id;

    private static IResult Unknown(HttpContext context) => ProblemAnswer.Of([new Problem("account_id", "unknown_account", context.GetRouteValue("account_id"))]);
}
