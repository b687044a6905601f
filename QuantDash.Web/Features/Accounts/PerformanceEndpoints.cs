using System.Globalization;
using QuantDash.Core.Performance;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Accounts;

/// <summary>How accounts did: days, settlements, statistics; cash that comes and goes; exchange rates.</summary>
public static class PerformanceEndpoints
{
    private const int LongestNote = 200;
    private const decimal LargestAmount = 1_000_000_000_000m;

    public static void MapPerformance(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api").RequireAuthorization(Scopes.Read).WithTags("Accounts");
        group.MapGet("performance", ReportAsync).WithSummary("Statistics of an account (account_id, risk_free as a ratio a year)").Produces<PerformanceAnswer>();
        group.MapGet("daily_results", DaysAsync).WithSummary("What each trading day brought an account, newest first (account_id)").Produces<ListAnswer<DailyResultAnswer>>();
        group.MapGet("settlements", SettlementsAsync).WithSummary("Daily settlements, newest first (account_id, since, before)").Produces<ListAnswer<SettlementAnswer>>();
        group.MapPost("cash_flow", BookAsync).RequireAuthorization(Scopes.Trade).WithSummary("Books a deposit or a withdrawal").Takes<CashFlowBody>().Produces<CashFlowAnswer>(StatusCodes.Status201Created);
        group.MapGet("exchange_rates", RatesAsync).WithSummary("Exchange rates, newest first").Produces<ListAnswer<ExchangeRateAnswer>>();
        group.MapPost("exchange_rates", SaveRateAsync).RequireAuthorization(Scopes.Trade).WithSummary("Enters an exchange rate; one of the same pair and time is replaced")
            .Takes<ExchangeRateBody>().Produces<ExchangeRateAnswer>(StatusCodes.Status201Created);
        group.MapDelete("exchange_rates/{from}/{to}/{asOf}", DeleteRateAsync).RequireAuthorization(Scopes.Trade).WithSummary("Takes an exchange rate out").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ReportAsync(HttpContext context, EngineReads reads, PerformanceDesk desk, CancellationToken stop)
    {
        var query = new QueryFields(context.Request.Query);
        var riskFree = RiskFree(query);
        var snapshot = await reads.SnapshotAsync(stop);
        var account = Needed(query, query.Account(snapshot));
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        var view = snapshot.Accounts.First(a => a.Account.Id == account);
        var days = desk.Whole(await desk.DaysAsync(view.Account.Id, stop), view.Funds);
        return Results.Ok(PerformanceAnswer.Of(view.Account, PerformanceReport.Of(days, await desk.TradesAsync(view.Account.Id, stop), riskFree), riskFree));
    }

    private static async Task<IResult> DaysAsync(HttpContext context, EngineReads reads, PerformanceDesk desk, CancellationToken stop)
    {
        var query = new QueryFields(context.Request.Query);
        var snapshot = await reads.SnapshotAsync(stop);
        var account = Needed(query, query.Account(snapshot));
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        var view = snapshot.Accounts.First(a => a.Account.Id == account);
        return Answers.Whole(desk.Whole(await desk.DaysAsync(view.Account.Id, stop), view.Funds).Reverse().Select(DailyResultAnswer.Of));
    }

    private static async Task<IResult> SettlementsAsync(HttpContext context, EngineReads reads, IFundsHistory history, CancellationToken stop)
    {
        var query = new QueryFields(context.Request.Query);
        var filter = new FundsFilter { AccountId = query.Account(await reads.SnapshotAsync(stop)), Since = query.Time("since"), Before = query.Time("before") };
        return await Answers.PageAsync(query, page => history.SettlementsAsync(filter, page, stop), SettlementAnswer.Of);
    }

    private static async Task<IResult> BookAsync(HttpContext context, EngineReads reads, IAccountDesk desk, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("account_id", "amount");
        var account = body.Account(await reads.SnapshotAsync(stop));
        var amount = body.Number("amount");
        if (amount is 0) body.Refuse("amount", "not_zero");
        else if (amount is < -LargestAmount or > LargestAmount) body.Refuse("amount", "out_of_range", -LargestAmount, LargestAmount, amount);
        var note = body.Text("note", LongestNote);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        return Answers.Created(await desk.BookCashAsync(account!.Account.Id, amount!.Value, note), flow => $"/api/cash_flow?account_id={flow.AccountId}", CashFlowAnswer.Of);
    }

    private static async Task<IResult> RatesAsync(IExchangeRateBook rates, CancellationToken stop) => Answers.Whole((await rates.ListAsync(stop)).Select(ExchangeRateAnswer.Of));

    private static async Task<IResult> SaveRateAsync(HttpContext context, IAccountDesk desk, TimeProvider clock)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("from_currency", "to_currency", "rate");
        var now = clock.GetUtcNow();
        var rate = RateTerms.Check(body.Text("from_currency"), body.Text("to_currency"), body.Number("rate"), body.Time("as_of") ?? now, now);
        var wrong = body.Problems.Select(p => p.Field).ToHashSet(StringComparer.Ordinal);
        body.Problems.AddRange(rate.Problems.Where(p => !wrong.Contains(p.Field)));
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        await desk.SaveRateAsync(rate.Value);
        return Results.Created("/api/exchange_rates", ExchangeRateAnswer.Of(rate.Value));
    }

    private static async Task<IResult> DeleteRateAsync(string from, string to, string asOf, IAccountDesk desk, IExchangeRateBook rates, CancellationToken stop)
    {
        var found = DateTimeOffset.TryParse(asOf, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? (await rates.ListAsync(stop)).FirstOrDefault(r => r.From.Code == from && r.To.Code == to && r.AsOf == at)
            : null;
        return found is not null && await desk.DeleteRateAsync(found) ? Results.NoContent() : ProblemAnswer.Of(ProblemKind.NotFound, "unknown_rate", from, to);
    }

    private static double RiskFree(QueryFields query)
    {
        if (query.Text("risk_free") is not { } text) return 0;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is > -0.5 and < 1) return ratio;
        query.Refuse("risk_free", "out_of_range", -0.5m, 1m, text);
        return 0;
    }

    private static AccountId? Needed(QueryFields query, AccountId? account)
    {
        if (account is null && query.Problems.Count == 0) query.Refuse("account_id", "required");
        return account;
    }
}
