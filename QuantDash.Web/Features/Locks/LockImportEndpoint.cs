using System.Text;
using QuantDash.Core.Instruments;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Gives the rules as CSV, and takes what <c>GET /api/lock/configs</c> or that CSV gives: looked at first, then all of them or none.</summary>
internal static class LockImportEndpoint
{
    public static void MapLockImport(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/lock/configs.csv", ExportAsync).RequireAuthorization(Scopes.Read).WithTags("Locks")
            .WithSummary("All rules as CSV, a column for each field (account_id, symbol, ids)");
        app.MapPost("/api/lock/configs/import", ImportAsync).RequireAuthorization(Scopes.Trade).WithTags("Locks")
            .WithSummary("Reads rules as GET gives them and says what is wrong with each; with save true they are saved, all or none")
            .Takes<ImportBody>().Produces<ListAnswer<ImportAnswer>>();
    }

    private static async Task<IResult> ExportAsync(HttpContext context, EngineReads reads, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var snapshot = await reads.SnapshotAsync(stop);
        var query = new QueryFields(context.Request.Query);
        var rules = RuleQuery.Read(query, snapshot, catalog, clock.GetUtcNow());
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);

        // With a mark, so that spreadsheets read Chinese as Chinese.
        return Results.Text("\uFEFF" + RuleFile.Csv(rules.Select(r => r.Rule)), "text/csv", Encoding.UTF8);
    }

    private static async Task<IResult> ImportAsync(
        HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var (snapshot, now) = (await reads.SnapshotAsync(stop), clock.GetUtcNow());
        var (save, changes) = (body.Flag("save") ?? false, body.Flag("change_known") ?? false);
        var rows = Rows(body);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);

        var lines = RuleImport.Read(rows, changes, snapshot, catalog, now);
        var write = save && lines.All(line => line.Problems.Count == 0);
        var edited = lines.Where(line => line.Kind is RuleImportKind.Create or RuleImportKind.Change).ToList();
        var batch = await runtime.RunAsync((engine, at) => engine.SaveRules([.. edited.Select(line => line.Edit)], write, at), stop);
        var refused = batch.Refused.ToLookup(r => edited[r.Index], r => r.Problem);
        return Answers.Whole(lines.Select((line, i) => ImportAnswer.Of(i, line with { Problems = [.. line.Problems, .. refused[line]] }, write && batch.Refused.Count == 0)));
    }

    private static IReadOnlyList<RuleFileRow> Rows(JsonFields body)
    {
        if (!body.HasValue("csv"))
        {
            body.Require("items");
            return [.. (body.Elements("items", RuleFile.MostRules) ?? []).Select((element, i) => new RuleFileRow(i + 1, element, []))];
        }

        if (body.HasValue("items")) body.Refuse("csv", "not_with_items");
        if (body.RawText("csv") is not { } text) return [];
        var read = RuleFile.ReadCsv(text);
        if (read.Succeeded) return read.Value;
        body.Problems.AddRange(read.Problems.Select(problem => problem with { Field = "csv" }));
        return [];
    }
}

/// <param name="Items">Up to 500 rules.</param>
/// <param name="Csv">In place of items: what GET /api/lock/configs.csv gives.</param>
/// <param name="Save">False: only says what is wrong.</param>
/// <param name="ChangeKnown">Whether an item with the id of a rule changes that rule; otherwise it makes a new one.</param>
public sealed record ImportBody(IReadOnlyList<LockRuleBody>? Items = null, string? Csv = null, bool Save = false, bool ChangeKnown = false);

/// <param name="Index">Its place in the list, from 0.</param>
/// <param name="Outcome">What it does, or would do.</param>
/// <param name="Rule">As saved, or as it would be; null when something is wrong with it.</param>
/// <param name="Problems">Field by field, in words.</param>
public sealed record ImportAnswer(int Index, bool Saved, RuleImportKind Outcome, LockRuleAnswer? Rule, IReadOnlyList<string> Problems)
{
    internal static ImportAnswer Of(int index, RuleImportLine line, bool saved) =>
        new(index, saved && line.Kind != RuleImportKind.Unchanged, line.Kind, line.Problems.Count == 0 ? LockRuleAnswer.Of(line.Rule) : null, BulkAnswer.Sentences(line.Problems));
}
