using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Locks;

/// <summary>预演 over HTTP.</summary>
internal static class RehearsalEndpoints
{
    public const decimal UsualGap = 3m;
    public const decimal UsualStep = 5m;

    public static void MapRehearsal(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/lock/rehearsal", RunAsync).RequireAuthorization(Scopes.Read).WithTags("Locks")
            .WithSummary("What every rule, margin and lock does at a gap, at the limit with no fill, and after margin rates rise; nothing is changed")
            .Takes<RehearsalBody>().Produces<ListAnswer<RehearsalAnswer>>();

    private static async Task<IResult> RunAsync(HttpContext context, EngineReads reads, IRehearsalDesk desk, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var snapshot = await reads.SnapshotAsync(stop);
        body.Require("account_id");
        var account = body.Account(snapshot);
        var (gap, step) = (body.Number("gap_percent") ?? UsualGap, body.Number("margin_step_percent") ?? UsualStep);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var outcome = await desk.RunAsync(new(account!.Account.Id, new(gap / 100m), new(step / 100m)), stop);
        return outcome.Succeeded ? Answers.Whole(outcome.Value.Select(RehearsalAnswer.Of)) : ProblemAnswer.Of(outcome.Problems);
    }
}

/// <param name="GapPercent">How far everything opens away, 3 unless said otherwise.</param>
/// <param name="MarginStepPercent">Points added to every margin rate, 5 unless said otherwise.</param>
public sealed record RehearsalBody(string AccountId, decimal GapPercent = RehearsalEndpoints.UsualGap, decimal MarginStepPercent = RehearsalEndpoints.UsualStep);

/// <param name="Scenario">gap_down, gap_up: everything trades there; limit_down, limit_up: nobody takes the other side; margin_step: prices stay.</param>
/// <param name="Left">Contracts that were not moved, because no limit of theirs is known.</param>
public sealed record RehearsalAnswer(
    RehearsalScenario Scenario, RehearsedFundsAnswer Before, RehearsedFundsAnswer After, IReadOnlyList<RehearsedPriceAnswer> Prices, IReadOnlyList<string> Left,
    IReadOnlyList<RehearsedRuleAnswer> Rules, IReadOnlyList<RehearsedLockAnswer> Locks, IReadOnlyList<RehearsedLegAnswer> Legs)
{
    public static RehearsalAnswer Of(RehearsalOutcome outcome) => new(
        outcome.Scenario, RehearsedFundsAnswer.Of(outcome.Before), RehearsedFundsAnswer.Of(outcome.After),
        [.. outcome.Prices.Select(price => new RehearsedPriceAnswer(price.Symbol.ToString(), price.Before.Value, price.After.Value))], [.. outcome.Left.Select(symbol => symbol.ToString())],
        [.. outcome.Rules.Select(rule => new RehearsedRuleAnswer(rule.RuleId, rule.Symbol.ToString(), rule.Direction, rule.Deed, rule.Condition, rule.Wanted.Value, rule.Filled.Value, rule.Says))],
        [.. outcome.Locks.Select(one => new RehearsedLockAnswer(one.IsNew ? null : one.LockId, one.Symbol.ToString(), one.LockedSide, one.Covered.Value, one.Frozen, one.Status))],
        [.. outcome.Legs.Select(leg => new RehearsedLegAnswer(leg.Symbol.ToString(), leg.Side, leg.Before.Value, leg.After.Value, leg.PnlBefore, leg.PnlAfter))]);
}

public sealed record RehearsedFundsAnswer(decimal? Equity, decimal Margin, decimal FrozenMargin, decimal? Available, decimal? RiskRatio)
{
    public static RehearsedFundsAnswer Of(Funds funds) => new(funds.Equity, funds.Margin, funds.FrozenMargin, funds.Available, funds.RiskRatio);
}

public sealed record RehearsedPriceAnswer(string Symbol, decimal Before, decimal After);

/// <param name="Deed">nothing: not reached; asks: waits for a click; done, in_part; works: its order waits, as nobody trades there; failed.</param>
/// <param name="Says">Why not all of it.</param>
public sealed record RehearsedRuleAnswer(Guid ConfigId, string Symbol, Side Direction, RehearsedDeed Deed, ConditionKind? Condition, decimal Wanted, decimal Filled, string? Says);

/// <param name="LockId">Null: it was made in the scenario.</param>
public sealed record RehearsedLockAnswer(Guid? LockId, string Symbol, Side LockedSide, decimal Covered, decimal? FrozenProfit, LockStatus Status);

public sealed record RehearsedLegAnswer(string Symbol, Side Side, decimal Before, decimal After, decimal? ProfitBefore, decimal? ProfitAfter);
