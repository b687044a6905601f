using System.Text;
using System.Text.Json;
using QuantDash.Core.Audit;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Audit;

/// <summary>Who did what, when and why: to list, to take away, to check.</summary>
public static class AuditEndpoints
{
    private static readonly string[] Columns =
        ["number", "at", "actor_kind", "actor_name", "action", "account_id", "symbol", "subject", "correlation_id", "before", "after", "reason", "hash"];

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var audit = app.MapGroup("/api/audit").RequireAuthorization(Scopes.Read).WithTags("Audit");
        const string filters = "(actor_kind, actor_name, action, account_id, symbol, subject, correlation_id, since, before)";
        audit.MapGet("", ListAsync).WithSummary($"The audit log, newest first {filters}").Produces<ListAnswer<AuditAnswer>>();
        audit.MapGet("export.csv", ExportCsvAsync).WithSummary($"The audit log as CSV, newest first {filters}");
        audit.MapGet("export.json", ExportJsonAsync).WithSummary($"The audit log as one JSON object a line, newest first {filters}");
        audit.MapGet("verify", VerifyAsync).RequireAuthorization(Scopes.Admin).WithSummary("Looks through the whole chain: each hash, each number, and the copy outside the database")
            .Produces<AuditVerdictAnswer>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, AuditQuery query, IAuditHistory history, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        return await Answers.PageAsync(fields, page => history.EntriesAsync(filter, page, stop), AuditAnswer.Of);
    }

    private static async Task<IResult> ExportCsvAsync(HttpContext context, AuditQuery query, IAuditHistory history, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        return fields.Problems.Count > 0 ? ProblemAnswer.Of(fields.Problems) : CsvAnswer.Of("audit.csv", Columns, page => history.EntriesAsync(filter, page, stop), Cells);
    }

    private static async Task<IResult> ExportJsonAsync(HttpContext context, AuditQuery query, IAuditHistory history, CancellationToken stop)
    {
        var (fields, filter) = await query.ReadAsync(context, stop);
        return fields.Problems.Count > 0 ? ProblemAnswer.Of(fields.Problems) : Lines("audit.jsonl", page => history.EntriesAsync(filter, page, stop));
    }

    private static async Task<IResult> VerifyAsync(IAuditHistory history, CancellationToken stop) => Results.Ok(AuditVerdictAnswer.Of(await history.VerifyAsync(stop)));

    private static object?[] Cells(AuditEntry e) =>
        [e.Number, e.At, WireNames<ActorKind>.Of(e.Actor.Kind), e.Actor.Name, e.Action, e.AccountId?.Value, e.Symbol?.ToString(), e.Subject, e.CorrelationId, e.Before, e.After, e.Reason, e.Hash];

    /// <summary>Written while it is read: a long past needs no memory.</summary>
    private static IResult Lines(string name, Func<PageRequest, Task<Page<AuditEntry>>> read) => Results.Stream(
        async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            string? cursor = null;
            do
            {
                var page = await read(new(cursor, PageRequest.LongestPage));
                foreach (var entry in page.Items) await writer.WriteAsync(JsonSerializer.Serialize(AuditAnswer.Of(entry), ApiJson.Options) + "\n");
                cursor = page.NextCursor;
            }
            while (cursor is not null);
        },
        "application/jsonl",
        name);
}
