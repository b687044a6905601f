using System.Text;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
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
        return Results.Stream(stream => WriteRowsAsync(stream, filter, history, stop), "text/csv; charset=utf-8", "settlements.csv");
    }

    private static async Task WriteRowsAsync(Stream stream, FundsFilter filter, IFundsHistory history, CancellationToken stop)
    {
        // With a mark, so that spreadsheets read Chinese as Chinese.
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteAsync(CsvText.Line(Columns));
        string? cursor = null;
        do
        {
            var page = await history.SettlementsAsync(filter, new(cursor, PageRequest.LongestPage), stop);
            foreach (var settlement in page.Items) await writer.WriteAsync(CsvText.Line(Cells(settlement)));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    private static object?[] Cells(AccountSettlement settlement)
    {
        var f = settlement.Funds;
        return
        [
            settlement.AccountId.Value, settlement.TradingDay.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), settlement.SettledAt, f.Currency.Code, f.StaticEquity, f.CashFlowToday,
            f.ClosePnlToday, f.HoldingPnl, f.FeesToday, f.Equity, f.Deposits, f.RealisedPnl, f.FloatingPnl, f.Fees, f.Margin, f.FrozenMargin, f.FrozenFees, f.Available, f.RiskRatio,
        ];
    }
}
