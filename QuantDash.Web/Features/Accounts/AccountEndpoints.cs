using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Jobs;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Accounts, their funds now and their funds over time.</summary>
public static class AccountEndpoints
{
    private const decimal UsualBalance = 1_000_000m;
    private const decimal LargestBalance = 1_000_000_000_000m;
    private static readonly string Bridge = WireNames<VenueKind>.Of(VenueKind.Bridge);
    private static readonly IReadOnlyCollection<string> Venues = WireNames<VenueKind>.All;
    private static readonly string[] LaterVenues = ["ctp", "longport", "binance"];

    public static IServiceCollection AddAccounts(this IServiceCollection services) => services.AddJob<EquitySnapshotJob>().AddSingleton<PerformanceDesk>().AddSingleton<StatementDesk>().AddSingleton<IAccountDesk, AccountDesk>();

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var accounts = app.MapGroup("/api").RequireAuthorization(Scopes.Read).WithTags("Accounts");
        accounts.MapGet("accounts", ListAsync).WithSummary("All accounts with their funds").Produces<ListAnswer<AccountAnswer>>();
        accounts.MapPost("accounts", CreateAsync).RequireAuthorization(Scopes.Trade).WithSummary("A new account; without a source it hears its venue's own")
            .Takes<AccountBody>().Produces<AccountAnswer>(StatusCodes.Status201Created);
        accounts.MapGet("equity", EquityAsync).WithSummary("Recorded funds, newest first (account_id, since, before)").Produces<ListAnswer<EquityAnswer>>();
        accounts.MapGet("cash_flow", CashFlowAsync).WithSummary("Deposits and withdrawals, newest first (account_id, since, before)")
            .Produces<ListAnswer<CashFlowAnswer>>();
        app.MapPerformance();
        app.MapSettlementsCsv();
        app.MapStatements();
    }

    private static async Task<IResult> ListAsync(EngineReads reads, CancellationToken stop) =>
        Answers.Whole((await reads.SnapshotAsync(stop)).Accounts.Select(AccountAnswer.Of));

    private static async Task<IResult> CreateAsync(HttpContext context, TradingRuntime runtime, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var (account, balance) = Read(body, IdempotencyId.For(context, clock.GetUtcNow()), clock.GetUtcNow());
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var sourceGiven = body.HasValue("source");
        var created = await runtime.RunAsync((engine, now) => Create(engine, account!, balance, sourceGiven, now), stop);
        return Answers.Created(created, a => $"/api/accounts/{a.Id}", AccountAnswer.Of);
    }

    /// <summary>A venue's own source comes into being with its first account.</summary>
    private static Outcome<Account> Create(
        TradingEngine engine, Account account, decimal balance, bool sourceGiven, DateTimeOffset now)
    {
        var deposit = new Money(balance, account.Currency);
        var created = engine.CreateAccount(account, deposit, now);
        if (sourceGiven || !created.Problems.Any(p => p.Code == "unknown_source")) return created;
        var own = engine.CreateSource(new() { Name = account.Source, Clock = SourceClock.Wall, CreatedAt = now });
        return own.Succeeded ? engine.CreateAccount(account, deposit, now) : created;
    }

    private static (Account? Account, decimal Balance) Read(JsonFields body, Guid id, DateTimeOffset now)
    {
        body.Require("name", "venue", "currency");
        var name = body.Text("name", 64);
        if (name is not null && string.IsNullOrWhiteSpace(name)) body.Refuse("name", "required");
        var venue = ReadVenue(body);
        var currency = body.Text("currency");
        if (currency is not null && !Currency.IsValid(currency)) body.Refuse("currency", "not_a_currency", currency);
        var balance = body.Number("initial_balance") ?? (venue == Bridge ? 0m : UsualBalance);
        if (balance is < 0 or > LargestBalance) body.Refuse("initial_balance", "out_of_range", 0m, LargestBalance, balance);
        var external = body.Text("external_id", 64);
        var source = body.Text("source") ?? venue;
        if (source is not null && !SourceName.IsValid(source)) body.Refuse("source", "not_a_source_name", source);
        if (body.Problems.Count > 0) return (null, 0);
        return (new()
        {
            Id = new(id),
            Name = name!,
            Venue = WireNames<VenueKind>.TryRead(venue!, out var kind) ? kind : throw new InvalidOperationException($"{venue} was read as a venue."),
            Currency = new(currency!),
            ExternalId = string.IsNullOrEmpty(external) ? null : external,
            Source = new(source!),
            CreatedAt = now,
        }, balance);
    }

    private static string? ReadVenue(JsonFields body)
    {
        var venue = body.Text("venue");
        if (venue is null || Venues.Contains(venue)) return venue;
        if (LaterVenues.Contains(venue)) body.Refuse("venue", "not_available", venue);
        else body.Refuse("venue", "not_allowed", venue, Venues);
        return null;
    }

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
