using System.Globalization;
using System.Text;
using QuantDash.Core.Engine;
using QuantDash.Core.Primitives;
using QuantDash.Core.Statements;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Accounts;

/// <summary>A broker's statements: taken in, held against our books, given back; and a day as our own books have it.</summary>
internal static class StatementEndpoints
{
    private const int LargestBody = 4 * 1024 * 1024;
    private static readonly string[] Columns = ["part", "field", "symbol", "subject", "broker", "ours", "difference", "agrees", "reason", "detail"];

    public static void MapStatements(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/settlements").RequireAuthorization(Scopes.Read).WithTags("Accounts");
        group.MapPost("import", ImportAsync).RequireAuthorization(Scopes.Trade).WithSummary("Takes a broker's settlement statement (text, or the file as base64; GBK or UTF-8; or trades as CSV) and says what differs from our books")
            .Takes<StatementBody>().Produces<StatementReportAnswer>(StatusCodes.Status201Created);
        group.MapGet("imports", ListAsync).WithSummary("Statements that were imported, newest first (account_id); a page has at most 50").Produces<ListAnswer<StatementAnswer>>();
        group.MapGet("imports/{id:guid}", FindAsync).WithSummary("A statement held against our books as they are now").Produces<StatementReportAnswer>();
        group.MapGet("imports/{id:guid}/text", TextAsync).WithSummary("The statement's text as it was imported, in UTF-8").Produces<string>(StatusCodes.Status200OK, "text/plain");
        group.MapGet("imports/{id:guid}/differences.csv", CsvAsync).WithSummary("The comparison as CSV");
        group.MapGet("{account}/{day}", DayAsync).WithSummary("A trading day in our books: funds, what was held at its end, trades").Produces<OwnStatementAnswer>();
    }

    private static async Task<IResult> ImportAsync(HttpContext context, EngineReads reads, StatementDesk desk, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context, LargestBody);
        body.Require("account_id");
        var view = body.Account(await reads.SnapshotAsync(stop));
        var (field, content) = Content(body);
        var name = body.Text("file_name", 200);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        var kept = await desk.ImportAsync(view!.Account, name, content, IdempotencyId.For(context, clock.GetUtcNow()), stop);
        if (!kept.Succeeded) return ProblemAnswer.Of([.. kept.Problems.Select(problem => problem with { Field = field })]);
        var report = await desk.CompareAsync(kept.Value, view, stop);
        return Answers.Created(report, _ => $"/api/settlements/imports/{kept.Value.Id}", r => StatementReportAnswer.Of(kept.Value, r));
    }

    private static (string Field, byte[] Content) Content(JsonFields body)
    {
        if (body.HasValue("text") == body.HasValue("content")) body.Refuse("text", body.HasValue("text") ? "not_with_content" : "required");
        if (body.HasValue("text")) return ("text", Encoding.UTF8.GetBytes(body.RawText("text") ?? ""));
        var encoded = body.RawText("content") ?? "";
        var bytes = new byte[(encoded.Length / 4 * 3) + 3];
        if (Convert.TryFromBase64String(encoded, bytes, out var length)) return ("content", bytes[..length]);
        body.Refuse("content", "not_base64");
        return ("content", []);
    }

    private static async Task<IResult> ListAsync(HttpContext context, EngineReads reads, IBrokerStatements statements, CancellationToken stop)
    {
        var query = new QueryFields(context.Request.Query);
        var account = query.Account(await reads.SnapshotAsync(stop));
        return await Answers.PageAsync(query, page => statements.ListAsync(account, page, stop), StatementAnswer.Of);
    }

    private static async Task<IResult> FindAsync(Guid id, EngineReads reads, IBrokerStatements statements, StatementDesk desk, CancellationToken stop) =>
        await WithReportAsync(id, reads, statements, desk, (kept, report) => Results.Ok(StatementReportAnswer.Of(kept, report)), stop);

    private static async Task<IResult> CsvAsync(Guid id, EngineReads reads, IBrokerStatements statements, StatementDesk desk, CancellationToken stop) => await WithReportAsync(
        id, reads, statements, desk, (kept, report) => CsvAnswer.Of($"differences-{DayOf(kept)}.csv", Columns, _ => Task.FromResult(new Page<StatementDifference>(report.Lines, null)), Cells), stop);

    private static async Task<IResult> TextAsync(Guid id, IBrokerStatements statements, CancellationToken stop) => await statements.FindAsync(id, stop) is { } kept
        ? Results.File(Encoding.UTF8.GetBytes(kept.Text), "text/plain; charset=utf-8", $"statement-{DayOf(kept)}.txt")
        : Unknown(id);

    private static async Task<IResult> DayAsync(string account, string day, EngineReads reads, StatementDesk desk, CancellationToken stop)
    {
        if (TradingFields.Find(await reads.SnapshotAsync(stop), account) is not { } view) return ProblemAnswer.Of(ProblemKind.NotFound, "unknown_account", account);
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return ProblemAnswer.Of([new Problem("day", "not_a_day", day)]);
        return Results.Ok(OwnStatementAnswer.Of(view.Account, date, await desk.DayAsync(view.Account.Id, date, view, stop)));
    }

    private static async Task<IResult> WithReportAsync(
        Guid id, EngineReads reads, IBrokerStatements statements, StatementDesk desk, Func<KeptStatement, StatementReport, IResult> answer, CancellationToken stop)
    {
        if (await statements.FindAsync(id, stop) is not { } kept) return Unknown(id);
        var report = await desk.CompareAsync(kept, ViewOf(await reads.SnapshotAsync(stop), kept), stop);
        return report.Succeeded ? answer(kept, report.Value) : ProblemAnswer.Of(report.Problems);
    }

    private static AccountView? ViewOf(EngineSnapshot snapshot, KeptStatement kept) => snapshot.Accounts.FirstOrDefault(a => a.Account.Id == kept.AccountId);

    private static IResult Unknown(Guid id) => ProblemAnswer.Of(ProblemKind.NotFound, "unknown_statement", id);

    private static string DayOf(KeptStatement kept) => kept.TradingDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static object?[] Cells(StatementDifference line) =>
    [
        WireNames<DifferencePart>.Of(line.Part), line.Field, line.Symbol?.ToString(), line.Subject, line.Broker, line.Ours, line.Difference, line.Agrees, line.Reason is { } reason ? WireNames<DifferenceReason>.Of(reason) : null, line.Detail,
    ];
}
