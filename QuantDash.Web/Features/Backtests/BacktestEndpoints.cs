using System.Globalization;
using System.Text;
using QuantDash.Core.Backtesting.Reports;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Backtests;

/// <summary>Backtests over HTTP.</summary>
internal static class BacktestEndpoints
{
    private static readonly string[] TradeColumns =
        ["side", "volume", "entry_time", "entry_price", "exit_time", "exit_price", "exit_day", "bars", "pnl", "fee", "net", "mae", "mfe"];

    public static void MapBacktestEndpoints(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/api/backtests").RequireAuthorization(Scopes.Read).WithTags("Backtests");
        read.MapGet("", ListAsync).WithSummary("Backtests and sweeps, newest first, with their statistics").Produces<ListAnswer<BacktestAnswer>>();
        read.MapGet("{id:guid}", Find).WithSummary("How far a backtest is, and what it came to").Produces<BacktestAnswer>();
        read.MapGet("{id:guid}/report", ReportAsync).WithSummary("Everything kept of a run: days, equity, exposure, trades, orders, log").Produces<BacktestReport>();
        read.MapGet("{id:guid}/sweep", SweepAsync).WithSummary("Every pair of a sweep").Produces<SweepReport>();
        read.MapGet("{id:guid}/report.html", HtmlAsync).WithSummary("The report as one file that needs nothing else").Produces<string>(StatusCodes.Status200OK, "text/html");
        read.MapGet("{id:guid}/trades.csv", CsvAsync).WithSummary("The round trips as CSV").Produces<string>(StatusCodes.Status200OK, "text/csv");

        var steer = app.MapGroup("/api/backtests").RequireAuthorization(Scopes.Trade).WithTags("Backtests");
        steer.MapPost("", StartAsync).WithSummary("Starts a backtest over stored bars or recorded ticks, one for each symbol, or a sweep over two parameters").Takes<BacktestBody>().Produces<BacktestsStarted>(StatusCodes.Status201Created);
        steer.MapPost("{id:guid}/cancel", CancelAsync).WithSummary("Ends one that waits or runs").Produces<BacktestAnswer>();
        steer.MapDelete("{id:guid}", RemoveAsync).WithSummary("Removes one that is over, with everything kept of it").Produces(StatusCodes.Status204NoContent);
    }

    private static Task<IResult> ListAsync(HttpContext context, BacktestDesk desk) =>
        Answers.PageAsync(new QueryFields(context.Request.Query), page => Task.FromResult(PageOf(desk.Records, page)), record => BacktestAnswer.Of(record, desk.ProgressOf(record.Id)));

    /// <summary>The cursor is the last one that was handed out.</summary>
    private static Page<BacktestRecord> PageOf(IReadOnlyList<BacktestRecord> all, PageRequest page)
    {
        var first = 0;
        if (page.Cursor is { } cursor)
        {
            if (!Guid.TryParseExact(cursor, "N", out var last)) throw new FormatException("A cursor is the id of a backtest.");
            while (first < all.Count && all[first].Id != last) first++;
            first++;
        }

        var items = all.Skip(first).Take(page.Limit).ToList();
        return new(items, first + items.Count < all.Count && items.Count > 0 ? items[^1].Id.ToString("N") : null);
    }

    private static IResult Find(Guid id, BacktestDesk desk) =>
        desk.Find(id) is { } record ? Results.Ok(BacktestAnswer.Of(record, desk.ProgressOf(id))) : Unknown(id);

    private static async Task<IResult> StartAsync(HttpContext context, BacktestDesk desk, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var requests = BacktestReader.Read(body);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var started = await desk.StartAsync(requests, stop);
        if (!started.Succeeded) return ProblemAnswer.Of(started.Problems);
        var items = started.Value.Select(record => BacktestAnswer.Of(record, null)).ToList();
        return Results.Created($"/api/backtests/{items[0].Id}", new BacktestsStarted(items[0].Id, items));
    }

    private static async Task<IResult> CancelAsync(Guid id, BacktestDesk desk, CancellationToken stop) =>
        Answers.Of(await desk.CancelAsync(id, stop), record => BacktestAnswer.Of(record, null));

    private static async Task<IResult> RemoveAsync(Guid id, BacktestDesk desk, CancellationToken stop)
    {
        var removed = await desk.RemoveAsync(id, stop);
        return removed.Succeeded ? Results.NoContent() : ProblemAnswer.Of(removed.Problems);
    }

    private static Task<IResult> ReportAsync(Guid id, BacktestDesk desk) => WithReportAsync(id, desk, (_, report) => Results.Json(report, ApiJson.Options));

    private static async Task<IResult> SweepAsync(Guid id, BacktestDesk desk)
    {
        if (desk.Find(id) is null) return Unknown(id);
        return await desk.SweepAsync(id) is { } sweep ? Results.Json(sweep, ApiJson.Options) : ProblemAnswer.Of(ProblemKind.Conflict, "backtest_not_done", id);
    }

    private static Task<IResult> HtmlAsync(Guid id, HttpContext context, BacktestDesk desk, BacktestHtml html) =>
        WithReportAsync(id, desk, (record, report) => Results.File(Encoding.UTF8.GetBytes(html.Of(record, report, RequestLanguage.Of(context))), "text/html; charset=utf-8", $"backtest-{id:N}.html"));

    private static Task<IResult> CsvAsync(Guid id, BacktestDesk desk) => WithReportAsync(id, desk, (_, report) =>
        CsvAnswer.Of($"backtest-{id:N}-trades.csv", TradeColumns, _ => Task.FromResult(new Page<ReportedTrade>(report.Trades, null)), Cells));

    private static object?[] Cells(ReportedTrade t) =>
        [WireNames<Side>.Of(t.Side), t.Volume, t.EntryTime, t.EntryPrice, t.ExitTime, t.ExitPrice, t.ExitDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), t.Bars, t.Pnl, t.Fee, t.Net, t.Mae, t.Mfe];

    private static async Task<IResult> WithReportAsync(Guid id, BacktestDesk desk, Func<BacktestRecord, BacktestReport, IResult> answer)
    {
        if (desk.Find(id) is not { } record) return Unknown(id);
        return await desk.ReportAsync(id) is { } report ? answer(record, report) : ProblemAnswer.Of(ProblemKind.Conflict, "backtest_not_done", id);
    }

    private static ProblemAnswer Unknown(Guid id) => ProblemAnswer.Of(ProblemKind.NotFound, "unknown_backtest", id);
}
