using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Jobs;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Accounts, their funds now and their funds over time.</summary>
public static class AccountEndpoints
{
    private const int LongestExternalId = 64;

    public static IServiceCollection AddAccounts(this IServiceCollection services) => services.AddJob<EquitySnapshotJob>().AddSingleton<PerformanceDesk>().AddSingleton<StatementDesk>().AddSingleton<IAccountDesk, AccountDesk>();

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var accounts = app.MapGroup("/api").RequireAuthorization(Scopes.Read).WithTags("Accounts");
        accounts.MapGet("accounts", ListAsync).WithSummary("All accounts with their funds").Produces<ListAnswer<AccountAnswer>>();
        accounts.MapPost("accounts", CreateAsync).RequireAuthorization(Scopes.Trade).WithSummary("A new account; without a source it hears its venue's own")
            .Takes<AccountBody>().Produces<AccountAnswer>(StatusCodes.Status201Created);
        accounts.MapPut("accounts/{id}", RenameAsync).RequireAuthorization(Scopes.Admin).RequireReconfirmation().WithSummary("Changes the name or the venue's own id of an account; venue, currency and source stay")
            .Takes<AccountNameBody>().Produces<AccountAnswer>();
        accounts.MapPost("accounts/{id}/close", CloseAsync).RequireAuthorization(Scopes.Admin).RequireReconfirmation()
            .WithSummary("Closes an account in which nothing is left: its rules are switched off, it hears and takes nothing, and its history stays").Produces<AccountAnswer>();
        accounts.MapPost("accounts/{id}/reopen", ReopenAsync).RequireAuthorization(Scopes.Admin).RequireReconfirmation()
            .WithSummary("Opens a closed account again; its rules stay switched off").Produces<AccountAnswer>();
        accounts.MapGet("equity", EquityAsync).WithSummary("Recorded funds, newest first (account_id, since, before)").Produces<ListAnswer<EquityAnswer>>();
        accounts.MapGet("cash_flow", CashFlowAsync).WithSummary("Deposits and withdrawals, newest first (account_id, since, before)")
            .Produces<ListAnswer<CashFlowAnswer>>();
        app.MapPerformance();
        app.MapSettlementsCsv();
        app.MapStatements();
    }

    private static async Task<IResult> ListAsync(EngineReads reads, CancellationToken stop) =>
        Answers.Whole((await reads.SnapshotAsync(stop)).Accounts.Select(AccountAnswer.Of));

    private static async Task<IResult> CreateAsync(HttpContext context, IAccountDesk desk, TimeProvider clock)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("name", "venue", "currency");
        var terms = new AccountTerms(body.Text("name", AccountTerms.LongestName), body.Text("venue"), body.Text("currency"), body.Number("initial_balance"), body.Text("external_id", LongestExternalId), body.Text("source"));
        var checkedTerms = terms.Check(Guid.Empty, clock.GetUtcNow());
        var wrong = body.Problems.Select(problem => problem.Field).ToHashSet(StringComparer.Ordinal);
        body.Problems.AddRange(checkedTerms.Problems.Where(problem => !wrong.Contains(problem.Field)));
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Created(await desk.CreateAsync(terms, IdempotencyId.For(context, clock.GetUtcNow())), _ => "/api/accounts", AccountAnswer.Of);
    }

    private static async Task<IResult> RenameAsync(string id, HttpContext context, EngineReads reads, IAccountDesk desk, CancellationToken stop)
    {
        if (TradingFields.Find(await reads.SnapshotAsync(stop), id) is not { Account: var account }) return ProblemAnswer.Of(ProblemKind.NotFound, "unknown_account", id);
        var body = await JsonBody.ReadObjectAsync(context);
        var name = body.Has("name") ? body.Text("name", AccountTerms.LongestName) : account.Name;
        if (string.IsNullOrWhiteSpace(name) && body.Problems.Count == 0) body.Refuse("name", "required");
        var external = body.Has("external_id") ? body.Text("external_id", LongestExternalId) : account.ExternalId;
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Of(await desk.RenameAsync(account.Id, name!, string.IsNullOrEmpty(external) ? null : external), AccountAnswer.Of);
    }

    private static Task<IResult> CloseAsync(string id, EngineReads reads, IAccountDesk desk, CancellationToken stop) => AdministerAsync(id, reads, desk.CloseAsync, stop);

    private static Task<IResult> ReopenAsync(string id, EngineReads reads, IAccountDesk desk, CancellationToken stop) => AdministerAsync(id, reads, desk.ReopenAsync, stop);

    private static async Task<IResult> AdministerAsync(string id, EngineReads reads, Func<AccountId, Task<Outcome<Account>>> command, CancellationToken stop) =>
        TradingFields.Find(await reads.SnapshotAsync(stop), id) is { Account.Id: var account } ? Answers.Of(await command(account), AccountAnswer.Of) : ProblemAnswer.Of(ProblemKind.NotFound, "unknown_account", id);

    private static async Task<IResult> EquityAsync(HttpContext context, EngineReads reads, IFundsHistory history, CancellationToken stop)
    {
        var (query, filter) = await ReadFilterAsync(context, reads, stop);
        return await Answers.PageAsync(query, page => history.EquityAsync(filter, page, stop), EquityAnswer.Of);
    }

    private static async Task<IResult> CashFlowAsync(HttpContext context, EngineReads reads, IFundsHistory history, CancellationToken stop)
    {
        var (query, filter) = await ReadFilterAsync(context, reads, stop);
        return await Answers.PageAsync(query, page => history.CashFlowAsync(filter, page, stop), CashFlowAnswer.Of);
    }

    private static async Task<(QueryFields Query, FundsFilter Filter)> ReadFilterAsync(HttpContext context, EngineReads reads, CancellationToken stop)
    {
        var query = new QueryFields(context.Request.Query);
        var account = query.Account(await reads.SnapshotAsync(stop));
        return (query, new() { AccountId = account, Since = query.Time("since"), Before = query.Time("before") });
    }
}
