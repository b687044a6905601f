using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Locks;

/// <summary>锁仓成绩单 over HTTP.</summary>
internal static class LockReportEndpoints
{
    private static readonly string[] Columns =
    [
        "lock_id", "trigger_id", "account_id", "symbol", "locked_side", "status", "volume", "protected_price", "lock_price", "locked_at", "ended_at", "age_seconds", "currency", "frozen_profit",
        "fees_paid", "fees_to_come", "realised_profit", "made_afterwards", "lock_result", "close_result", "hold_result", "against_closing", "against_holding", "margin_days", "verdict", "unknown_because",
    ];

    public static void MapLockReport(this IEndpointRouteBuilder app)
    {
        var report = app.MapGroup("/api/lock").RequireAuthorization(Scopes.Read).WithTags("Locks");
        report.MapGet("report", ReportAsync).WithSummary("What every lock brought against closing and against holding the leg, newest first, and their summary (account_id, symbol, from, to: when it was locked)")
            .Produces<LockReportAnswer>();
        report.MapGet("report.csv", CsvAsync).WithSummary("The lock report as CSV, newest first (account_id, symbol, from, to)");
    }

    private static async Task<IResult> ReportAsync(HttpContext context, LockQuery query, EngineReads reads, LockReports reports, CancellationToken stop)
    {
        var (fields, filter) = await ReadAsync(context, query, stop);
        var (cursor, limit) = (fields.Text("cursor"), fields.Limit());
        if (fields.Problems.Count > 0) return ProblemAnswer.Of(fields.Problems);
        var all = await reports.ReadAsync(filter, await reads.SnapshotAsync(stop), stop);
        var from = cursor is null ? 0 : 1 + IndexOf(all, cursor);
        if (cursor is not null && from == 0) return ProblemAnswer.Of([new Problem("cursor", "not_a_cursor", cursor)]);
        var next = from + limit < all.Count ? all[from + limit - 1].Lock.Id.ToString("N") : null;
        return Results.Ok(new LockReportAnswer([.. all.Skip(from).Take(limit).Select(LockReportLine.Of)], next, LockReportSummaryAnswer.Of(LockReportSummary.Of(all))));
    }

    /// <summary>A lock is never deleted: the last of a page says where the next begins.</summary>
    private static int IndexOf(IReadOnlyList<LockReportItem> all, string cursor)
    {
        if (!Guid.TryParseExact(cursor, "N", out var last)) return -1;
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Lock.Id == last) return i;
        }
        return -1;
    }

    private static async Task<IResult> CsvAsync(HttpContext context, LockQuery query, EngineReads reads, LockReports reports, CancellationToken stop)
    {
        var (fields, filter) = await ReadAsync(context, query, stop);
        if (fields.Problems.Count > 0) return ProblemAnswer.Of(fields.Problems);
        var all = await reports.ReadAsync(filter, await reads.SnapshotAsync(stop), stop);
        return CsvAnswer.Of("lock-report.csv", Columns, _ => Task.FromResult(new Page<LockReportItem>(all, null)), item => Cells(LockReportLine.Of(item)));
    }

    private static object?[] Cells(LockReportLine line) =>
    [
        line.LockId, line.TriggerId, line.AccountId, line.Symbol, WireNames<Side>.Of(line.LockedSide), WireNames<LockStatus>.Of(line.Status), line.Volume, line.ProtectedPrice, line.LockPrice,
        line.LockedAt, line.EndedAt, line.AgeSeconds, line.Currency, line.FrozenProfit, line.FeesPaid, line.FeesToCome, line.RealisedProfit, line.MadeAfterwards, line.LockResult, line.CloseResult,
        line.HoldResult, line.AgainstClosing, line.AgainstHolding, line.MarginDays, line.Verdict is { } verdict ? WireNames<LockVerdict>.Of(verdict) : null,
        line.UnknownBecause is { } gap ? WireNames<LockReportGap>.Of(gap) : null,
    ];

    private static async Task<(QueryFields Fields, LockFilter Filter)> ReadAsync(HttpContext context, LockQuery query, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        return (fields, filter with { Since = fields.Time("from"), Before = fields.Time("to") });
    }
}
