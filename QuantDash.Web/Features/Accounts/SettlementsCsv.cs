using System.Globalization;
using QuantDash.Core.Positions;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Daily settlements as CSV, newest first: every column of the statement.</summary>
internal static class SettlementsCsv
{
    private static readonly string[] Columns =
    [
        "account_id", "trading_day", "settled_at", "currency", "static_equity", "cash_flow_today", "close_pnl_today", "holding_pnl", "fees_today", "equity", "deposits", "realised_pnl", "floating_pnl",
        "fees", "margin", "frozen_margin", "frozen_fees", "available", "risk_ratio",
    ];

    public static void MapSettlementsCsv(this IEndpointRouteBuilder app) => app.MapGet("/api/settlements.csv", WriteAsync).RequireAuthorization(Scopes.Read).WithTags("Accounts")
        .WithSummary("Daily settlements as CSV, newest first (account_id, since, before)");

    private static async Task<IResult> WriteAsync(HttpContext context, EngineReads reads, IFundsHistory history, CancellationToken stop)
    {
        var query = new QueryFields(context.Request.Query);
        var filter = new FundsFilter { AccountId = query.Account(await reads.SnapshotAsync(stop)), Since = query.Time("since"), Before = query.Time("before") };
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        return CsvAnswer.Of("settlements.csv", Columns, page => history.SettlementsAsync(filter, page, stop), Cells);
    }

    private static object?[] Cells(AccountSettlement settlement)
    {
        var f = settlement.Funds;
        return
        [
            settlement.AccountId.Value, settlement.TradingDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), settlement.SettledAt, f.Currency.Code, f.StaticEquity, f.CashFlowToday,
            f.ClosePnlToday, f.HoldingPnl, f.FeesToday, f.Equity, f.Deposits, f.RealisedPnl, f.FloatingPnl, f.Fees, f.Margin, f.FrozenMargin, f.FrozenFees, f.Available, f.RiskRatio,
        ];
    }
}
