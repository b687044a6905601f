using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Locks;

/// <summary>"Can it execute now?" over HTTP.</summary>
internal static class ReadinessEndpoints
{
    public static void MapReadiness(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/lock/readiness", ListAsync).RequireAuthorization(Scopes.Read).WithTags("Locks")
            .WithSummary("Whether each armed rule could act now, and what stands in its way (account_id); the worst first").Produces<ListAnswer<ReadinessAnswer>>();

    private static async Task<IResult> ListAsync(HttpContext context, EngineReads reads, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var query = new QueryFields(context.Request.Query);
        var account = query.Account(snapshot);
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        return Answers.Whole(Readiness.Build(snapshot).Where(rule => account is null || rule.AccountId == account).Select(ReadinessAnswer.Of));
    }
}

/// <param name="State">ready, waits (nothing is wrong, it is not the time), doubtful (it would act, and not as one would wish), blocked.</param>
/// <param name="Wanted">Lots it would lock or close.</param>
/// <param name="MarginNeeded">Full leg and fee, before any relief; null when not known.</param>
public sealed record ReadinessAnswer(
    Guid ConfigId, Guid AccountId, string Symbol, Side Direction, ReadinessState State, decimal Wanted, decimal? MarginNeeded, IReadOnlyList<FindingAnswer> Findings)
{
    public static ReadinessAnswer Of(RuleReadiness rule) => new(
        rule.RuleId, rule.AccountId.Value, rule.Symbol.ToString(), rule.Direction, rule.Worst, rule.Wanted.Value, rule.MarginNeeded,
        [.. rule.Findings.Where(f => f.Why is not null).Select(f => new FindingAnswer(f.Check, f.State, f.Why!, f.Values))]);
}

/// <param name="Why">Key of the sentence that the page shows.</param>
/// <param name="Values">Its numbers.</param>
public sealed record FindingAnswer(ReadinessCheck Check, ReadinessState State, string Why, IReadOnlyList<decimal> Values);
