using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>锁仓配置 over HTTP.</summary>
internal static class LockRuleEndpoints
{
    public static void MapLockRules(this IEndpointRouteBuilder app)
    {
        var rules = app.MapGroup("/api/lock/configs").RequireAuthorization(Scopes.Read).WithTags("Locks");
        rules.MapGet("", ListAsync).WithSummary("All rules and whether they are armed (account_id, symbol, ids)").Produces<ListAnswer<LockRuleAnswer>>();
        rules.MapPost("", CreateAsync).RequireAuthorization(Scopes.Trade).WithSummary("A new rule; fires_now says that it fires at the next tick")
            .Takes<LockRuleBody>().Produces<LockRuleAnswer>(StatusCodes.Status201Created);
        rules.MapGet("{id:guid}", GetAsync).WithSummary("One rule").Produces<LockRuleAnswer>();
        rules.MapPut("{id:guid}", ChangeAsync).RequireAuthorization(Scopes.Trade).WithSummary("Changes the fields given; null clears")
            .Takes<LockRuleBody>().Produces<LockRuleAnswer>();
        rules.MapDelete("{id:guid}", DeleteAsync).RequireAuthorization(Scopes.Trade).WithSummary("Deletes a rule and cancels its open triggers")
            .Produces(StatusCodes.Status204NoContent);
        rules.MapGet("{id:guid}/explain", ExplainAsync).WithSummary("Each condition: value now, level, distance, and why it does not fire").Produces<ExplainAnswer>();
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, EngineReads reads, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var query = new QueryFields(context.Request.Query);
        var rules = RuleQuery.Read(query, snapshot, catalog, clock.GetUtcNow());
        return query.Problems.Count > 0 ? ProblemAnswer.Of(query.Problems) : Answers.Whole(rules.Select(LockRuleAnswer.Of));
    }

    private static async Task<IResult> GetAsync(Guid id, EngineReads reads, CancellationToken stop) =>
        Find(await reads.SnapshotAsync(stop), id) is { } rule ? Results.Ok(LockRuleAnswer.Of(rule)) : Unknown(id);

    private static async Task<IResult> ExplainAsync(Guid id, EngineReads reads, CancellationToken stop) =>
        Find(await reads.SnapshotAsync(stop), id) is { } rule ? Results.Ok(ExplainAnswer.Of(rule)) : Unknown(id);

    private static async Task<IResult> CreateAsync(
        HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, LockExtremes extremes, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("account_id", "symbol", "direction", "trigger_type");
        var snapshot = await reads.SnapshotAsync(stop);
        var now = clock.GetUtcNow();
        var account = body.Account(snapshot);
        var contract = body.Contract(catalog, TradingFields.DayOf(snapshot, account, now));
        var rule = LockRuleReader.Read(body, Blank(IdempotencyId.For(context, now), account, contract, now), contract, ClockOf(snapshot, account, now));
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);

        var best = extremes.Best(rule, snapshot);
        var saved = await runtime.RunAsync((engine, at) => engine.SaveRule(rule, at, best), stop);
        return Answers.Created(saved, s => $"/api/lock/configs/{s.Rule.Id}", LockRuleAnswer.Of);
    }

    private static async Task<IResult> ChangeAsync(
        Guid id, HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, LockExtremes extremes, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var snapshot = await reads.SnapshotAsync(stop);
        if (Find(snapshot, id) is not { } before) return Unknown(id);
        var now = clock.GetUtcNow();
        if (body.Has("account_id")) body.Require("account_id");
        if (body.Has("symbol")) body.Require("symbol");
        var account = body.Has("account_id") ? body.Account(snapshot) : snapshot.Accounts.FirstOrDefault(a => a.Account.Id == before.Rule.AccountId);
        var day = TradingFields.DayOf(snapshot, account, now);
        var contract = body.Has("symbol") ? body.Contract(catalog, day) : catalog.Find(before.Rule.Symbol, day);
        var basis = before.Rule with { AccountId = account?.Account.Id ?? before.Rule.AccountId, Symbol = contract?.Symbol ?? before.Rule.Symbol, UpdatedAt = now };
        var rule = LockRuleReader.Read(body, basis, contract, ClockOf(snapshot, account, now));
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);

        var best = extremes.Best(rule, snapshot);
        return Answers.Of(await runtime.RunAsync((engine, at) => Save(engine, before.Rule, rule, at, best), stop), LockRuleAnswer.Of);
    }

    private static async Task<IResult> DeleteAsync(Guid id, TradingRuntime runtime, CancellationToken stop)
    {
        var deleted = await runtime.RunAsync((engine, at) => engine.DeleteRule(id, at), stop);
        return deleted.Succeeded ? Results.NoContent() : ProblemAnswer.Of(deleted.Problems);
    }

    /// <summary>Somebody else may have changed or deleted the rule since it was read: then the change is refused, not mixed with theirs.</summary>
    private static Outcome<RuleSaved> Save(TradingEngine engine, LockRule before, LockRule after, DateTimeOffset at, Price? best)
    {
        if (engine.FindRule(before.Id) is not { } current) return Outcome<RuleSaved>.Failure("id", "unknown_rule", before.Id);
        return current.UpdatedAt == before.UpdatedAt ? engine.SaveRule(after, at, best) : Outcome<RuleSaved>.Failure("id", "changed_meanwhile", before.Id);
    }

    internal static LockRule Blank(Guid id, AccountView? account, Contract? contract, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = account?.Account.Id ?? default,
        Symbol = contract?.Symbol ?? default,
        Direction = Side.Long,
        TriggerType = TriggerType.Profit,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>The account's own clock, against which valid_until is checked.</summary>
    internal static DateTimeOffset ClockOf(EngineSnapshot snapshot, AccountView? account, DateTimeOffset now) => account is { Replay: true }
        ? snapshot.Sources.FirstOrDefault(s => s.Source.Name == account.Account.Source)?.Clock ?? now
        : now;

    private static RuleView? Find(EngineSnapshot snapshot, Guid id) => snapshot.Rules.FirstOrDefault(r => r.Rule.Id == id);

    private static ProblemAnswer Unknown(Guid id) => ProblemAnswer.Of([new Problem("id", "unknown_rule", id)]);
}
