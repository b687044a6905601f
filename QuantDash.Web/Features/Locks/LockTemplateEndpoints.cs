using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Locking;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Locks;

/// <summary>Templates, and many rules at once, over HTTP.</summary>
internal static class LockTemplateEndpoints
{
    private const int MostAtOnce = 200;

    public static void MapLockTemplates(this IEndpointRouteBuilder app)
    {
        var templates = app.MapGroup("/api/lock/templates").RequireAuthorization(Scopes.Read).WithTags("Locks");
        templates.MapGet("", ListAsync).WithSummary("Templates: yours, and the samples").Produces<ListAnswer<LockTemplateAnswer>>();
        templates.MapPost("", CreateAsync).RequireAuthorization(Scopes.Trade).WithSummary("Keeps a template").Takes<LockTemplateBody>().Produces<LockTemplateAnswer>();
        templates.MapPut("{id:guid}", ReplaceAsync).RequireAuthorization(Scopes.Trade).WithSummary("Puts another in place of a template of yours; rules made from it stay as they are")
            .Takes<LockTemplateBody>().Produces<LockTemplateAnswer>();
        templates.MapDelete("{id:guid}", DeleteAsync).RequireAuthorization(Scopes.Trade).WithSummary("Deletes a template of yours; rules made from it stay")
            .Produces(StatusCodes.Status204NoContent);
        app.MapPost("/api/lock/configs/bulk", BulkAsync).RequireAuthorization(Scopes.Trade).WithTags("Locks")
            .WithSummary("A rule for each leg from a template, or why not; nothing is saved unless save is true").Takes<BulkBody>().Produces<ListAnswer<BulkAnswer>>();
        app.MapPost("/api/lock/configs/switch", SwitchAsync).RequireAuthorization(Scopes.Trade).WithTags("Locks")
            .WithSummary("Switches rules on or off, each by itself").Takes<SwitchBody>().Produces<ListAnswer<SwitchAnswer>>();
    }

    private static async Task<IResult> ListAsync(ILockTemplates templates, CancellationToken stop) =>
        Answers.Whole((await templates.ListAsync(stop)).Concat(SampleTemplates.All).Select(LockTemplateAnswer.Of));

    private static Task<IResult> CreateAsync(HttpContext context, ILockTemplates templates, TimeProvider clock, CancellationToken stop) =>
        KeepAsync(context, templates, IdempotencyId.For(context, clock.GetUtcNow()), clock.GetUtcNow(), stop);

    private static async Task<IResult> ReplaceAsync(Guid id, HttpContext context, ILockTemplates templates, TimeProvider clock, CancellationToken stop) =>
        (await templates.ListAsync(stop)).Any(t => t.Id == id)
            ? await KeepAsync(context, templates, id, clock.GetUtcNow(), stop)
            : ProblemAnswer.Of([new Problem("id", "unknown_template", id)]);

    private static async Task<IResult> KeepAsync(HttpContext context, ILockTemplates templates, Guid id, DateTimeOffset now, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var template = LockTemplateReader.Read(body, id, now);
        var wrong = body.Problems.Select(p => p.Field).ToHashSet(StringComparer.Ordinal);
        body.Problems.AddRange(template.Check().Where(p => !wrong.Contains(p.Field)).ToList());
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        await templates.SaveAsync(template, stop);
        return Results.Ok(LockTemplateAnswer.Of(template));
    }

    private static async Task<IResult> DeleteAsync(Guid id, ILockTemplates templates, CancellationToken stop) =>
        await templates.DeleteAsync(id, stop) ? Results.NoContent() : ProblemAnswer.Of([new Problem("id", "unknown_template", id)]);

    private static async Task<IResult> BulkAsync(
        HttpContext context, EngineReads reads, TradingRuntime runtime, ILockTemplates templates, ContractCatalog catalog, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("template_id", "legs");
        var (snapshot, now) = (await reads.SnapshotAsync(stop), clock.GetUtcNow());
        var id = Guid.TryParse(body.Text("template_id"), out var given) ? given : Guid.Empty;
        var template = SampleTemplates.All.Concat(await templates.ListAsync(stop)).FirstOrDefault(t => t.Id == id);
        if (template is null && body.HasValue("template_id")) body.Refuse("template_id", "unknown_template", body.Text("template_id"));
        var legs = ReadLegs(body, snapshot, catalog, now);
        var save = body.Flag("save") ?? false;
        if (body.Problems.Count > 0 || template is null) return ProblemAnswer.Of(body.Problems);

        List<BulkAnswer> answers = [];
        foreach (var (leg, number) in legs.Select((leg, number) => (leg, number)))
        {
            var made = TemplateRules.Make(template, leg, RuleId(context, now, number), now);
            if (made.Succeeded && save)
            {
                var saved = await runtime.RunAsync((engine, at) => engine.SaveRule(made.Value, at), stop);
                answers.Add(saved.Succeeded ? BulkAnswer.Of(leg, LockRuleAnswer.Of(saved.Value), true) : BulkAnswer.Of(leg, saved.Problems));
            }
            else
            {
                answers.Add(made.Succeeded ? BulkAnswer.Of(leg, LockRuleAnswer.Of(made.Value), false) : BulkAnswer.Of(leg, made.Problems));
            }
        }

        return Answers.Whole(answers);
    }

    private static async Task<IResult> SwitchAsync(HttpContext context, TradingRuntime runtime, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("ids", "is_enabled");
        List<Guid> ids = [];
        foreach (var text in body.Texts("ids", MostAtOnce) ?? [])
        {
            if (Guid.TryParseExact(text, "D", out var id)) ids.Add(id);
            else body.Refuse("ids", "unknown_rule", text);
        }

        var on = body.Flag("is_enabled") ?? false;
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        List<SwitchAnswer> answers = [];
        foreach (var id in ids) answers.Add(SwitchAnswer.Of(id, await runtime.RunAsync((engine, at) => Switch(engine, id, on, at), stop)));
        return Answers.Whole(answers);
    }

    private static Outcome<RuleSaved> Switch(TradingEngine engine, Guid id, bool on, DateTimeOffset at) =>
        engine.FindRule(id) is { } rule ? engine.SaveRule(rule with { IsEnabled = on, DisabledReason = null, UpdatedAt = at }, at) : Outcome<RuleSaved>.Failure("id", "unknown_rule", id);

    // Told again with the same Idempotency-Key, each leg gets the same rule, not a second one.
    private static Guid RuleId(HttpContext context, DateTimeOffset now, int number)
    {
        var bytes = IdempotencyId.For(context, now).ToByteArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(12), BitConverter.ToInt32(bytes, 12) ^ number);
        return new(bytes);
    }

    private static List<TemplateLeg> ReadLegs(JsonFields body, EngineSnapshot snapshot, ContractCatalog catalog, DateTimeOffset now)
    {
        List<TemplateLeg> legs = [];
        foreach (var item in body.Objects("legs", MostAtOnce) ?? [])
        {
            item.Require("account_id", "symbol", "direction");
            var account = item.Account(snapshot);
            var contract = item.Contract(catalog, TradingFields.DayOf(snapshot, account, now));
            if (account is null || contract is null || item.Choice<Side>("direction") is not { } side) continue;
            legs.Add(TemplateLegs.Find(account, contract.Symbol, side) ?? new(account.Account.Id, contract, side, Volume.Zero, null));
        }

        return legs;
    }
}
