using QuantDash.Core.Instruments;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Limits;

/// <summary>What accounts may risk.</summary>
public static class LimitEndpoints
{
    public static IServiceCollection AddLimits(this IServiceCollection services) => services.AddSingleton<ILimitsDesk, LimitsDesk>();

    public static void MapLimits(this IEndpointRouteBuilder app)
    {
        var limits = app.MapGroup("/api").RequireAuthorization(Scopes.Read).WithTags("Limits");
        limits.MapGet("risk_limits", ListAsync).WithSummary("What each account is held to, and how much of it is used now (account_id)").Produces<ListAnswer<LimitsAnswer>>();
        limits.MapPut("risk_limits", SetAsync).RequireAuthorization(Scopes.Admin).RequireReconfirmation()
            .WithSummary("Sets all limits of an account; what is left out is none. In force for the next order that adds exposure; what reduces it always goes out").Takes<LimitsBody>().Produces<LimitsAnswer>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, EngineReads reads, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var query = new QueryFields(context.Request.Query);
        var account = query.Account(snapshot);
        return query.Problems.Count > 0 ? ProblemAnswer.Of(query.Problems) : Answers.Whole(snapshot.Accounts.Where(view => account is null || view.Account.Id == account).Select(LimitsAnswer.Of));
    }

    private static async Task<IResult> SetAsync(HttpContext context, EngineReads reads, ILimitsDesk desk, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("account_id");
        var snapshot = await reads.SnapshotAsync(stop);
        var account = body.Account(snapshot);
        var request = LimitsReader.Read(body, account, snapshot, catalog, clock.GetUtcNow());
        if (request is null) return ProblemAnswer.Of(body.Problems);
        return Answers.Of(await desk.SetAsync(request), view => LimitsAnswer.Of(account!.Account, view));
    }
}
