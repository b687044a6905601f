using System.Text.Json;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Takes what <c>GET /api/lock/configs</c> gives, as new rules: looked at first, then all of them or none.</summary>
internal static class LockImportEndpoint
{
    private const int MostAtOnce = 500;

    public static void MapLockImport(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/lock/configs/import", ImportAsync).RequireAuthorization(Scopes.Trade).WithTags("Locks")
            .WithSummary("Reads a list of rules as GET gives them and says what is wrong with each; with save true they are created, all or none")
            .Takes<ImportBody>().Produces<ListAnswer<ImportAnswer>>();

    private static async Task<IResult> ImportAsync(
        HttpContext context, EngineReads reads, TradingRuntime runtime, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("items");
        var (snapshot, now) = (await reads.SnapshotAsync(stop), clock.GetUtcNow());
        var save = body.Flag("save") ?? false;
        var elements = body.Elements("items", MostAtOnce) ?? [];
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);

        var lines = elements.Select(element => Read(element, context, snapshot, catalog, now)).ToList();
        if (!save || lines.Exists(line => line.Problems.Count > 0)) return Answers.Whole(lines.Select((line, i) => ImportAnswer.Of(i, line.Rule, line.Problems, saved: false)));
        var refused = await runtime.RunAsync((engine, at) => SaveAll(engine, [.. lines.Select(line => line.Rule)], at), stop);
        return Answers.Whole(lines.Select((line, i) => ImportAnswer.Of(i, line.Rule, i == refused?.Index ? refused.Problems : [], saved: refused is null)));
    }

    /// <summary>Null when all are saved. What the engine refuses ends it, and those before it are taken back.</summary>
    private static Refused? SaveAll(TradingEngine engine, IReadOnlyList<LockRule> rules, DateTimeOffset at)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            var saved = engine.SaveRule(rules[i], at);
            if (saved.Succeeded) continue;
            for (var before = 0; before < i; before++) engine.DeleteRule(rules[before].Id, at);
            return new(i, saved.Problems);
        }

        return null;
    }

    private static (LockRule Rule, IReadOnlyList<Problem> Problems) Read(JsonElement element, HttpContext context, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now)
    {
        var fields = JsonFields.Root(element);
        fields.Require("account_id", "symbol", "direction", "trigger_type");
        var account = fields.Account(snapshot);
        var contract = fields.Contract(catalog, TradingFields.DayOf(snapshot, account, now));
        var blank = LockRuleEndpoints.Blank(context, account, contract, now) with { Id = Guid.CreateVersion7(now) };
        return (LockRuleReader.Read(fields, blank, contract, LockRuleEndpoints.ClockOf(snapshot, account, now)), fields.Problems);
    }

    private sealed record Refused(int Index, IReadOnlyList<Problem> Problems);
}

/// <param name="Items">Up to 500 rules.</param>
/// <param name="Save">False: only says what is wrong.</param>
public sealed record ImportBody(IReadOnlyList<LockRuleBody> Items, bool Save = false);

/// <param name="Index">Its place in the list, from 0.</param>
/// <param name="Rule">As saved, or as it would be; null when something is wrong with it.</param>
/// <param name="Problems">Field by field, in words.</param>
public sealed record ImportAnswer(int Index, bool Saved, LockRuleAnswer? Rule, IReadOnlyList<string> Problems)
{
    internal static ImportAnswer Of(int index, LockRule rule, IReadOnlyList<Problem> problems, bool saved) =>
        new(index, saved, problems.Count == 0 ? LockRuleAnswer.Of(rule) : null, BulkAnswer.Sentences(problems));
}
