using QuantDash.Core.Engine;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Protection;

/// <summary>保护图 over HTTP.</summary>
public static class ProtectionEndpoints
{
    public static void MapProtection(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/protection", ListAsync).RequireAuthorization(Scopes.Read).WithTags("Positions")
            .WithSummary("Every leg and lot: what protects it, where that lives, and whether it could act now (account_id); unprotected ones first").Produces<ListAnswer<ProtectionAnswer>>();

    private static async Task<IResult> ListAsync(HttpContext context, EngineReads reads, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var query = new QueryFields(context.Request.Query);
        var account = query.Account(snapshot);
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        return Answers.Whole(ProtectionMap.Build(snapshot).Where(leg => account is null || leg.AccountId == account).Select(ProtectionAnswer.Of));
    }
}
