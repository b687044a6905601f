using Microsoft.AspNetCore.Mvc;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Ticks;

/// <summary>Tick files in over HTTP.</summary>
internal static class TickImportEndpoints
{
    private enum OnError
    {
        Refuse,
        Skip,
    }

    public static void MapTickImports(this IEndpointRouteBuilder app)
    {
        var ticks = app.MapGroup("/api/ticks").RequireAuthorization(Scopes.Read).WithTags("Market");
        ticks.MapPost("import", ImportAsync).RequireAuthorization(Scopes.Bridge).WithMetadata(new RequestSizeLimitAttribute(UploadReceiver.Largest + 65_536))
            .DisableAntiforgery()
            .WithSummary("Imports a tick file (CSV, may be gzipped) as raw body or form file (source, symbol, on_error=refuse|skip)")
            .Produces<TickImportAnswer>(StatusCodes.Status202Accepted);
        ticks.MapGet("imports", List).WithSummary("Imports since the start, newest first").Produces<ListAnswer<TickImportAnswer>>();
        ticks.MapGet("imports/{id:guid}", Find).WithSummary("How far an import is, and which rows are broken").Produces<TickImportAnswer>();
        ticks.MapPost("imports/{id:guid}/cancel", Cancel).RequireAuthorization(Scopes.Bridge).WithSummary("Ends an import; nothing of it is stored")
            .Produces<TickImportAnswer>();
        ticks.MapGet("days", Days).WithSummary("Stored ticks by source, symbol and trading day").Produces<ListAnswer<TickDayAnswer>>();
    }

    private static async Task<IResult> ImportAsync(HttpContext context, UploadReceiver upload, TickImports imports, TradingRuntime runtime, TimeProvider clock)
    {
        var query = new QueryFields(context.Request.Query);
        var source = ReadSource(query, required: true);
        var symbol = query.Text("symbol");
        var onError = query.Choice<OnError>("on_error") ?? OnError.Refuse;
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);

        var (path, name) = await upload.ReceiveAsync(context);
        var rules = RulesOf(runtime, source!.Value, clock.GetUtcNow());
        var progress = imports.Start(new(name, source.Value, symbol, onError == OnError.Skip), rules, path, deleteAfterwards: true);
        return Results.Accepted($"/api/ticks/imports/{progress.Id}", Answer(context, progress));
    }

    private static IResult List(HttpContext context, TickImports imports) =>
        Results.Ok(new ListAnswer<TickImportAnswer>([.. imports.Board.Current.Select(p => Answer(context, p))], null));

    private static IResult Find(Guid id, HttpContext context, TickImports imports) =>
        imports.Find(id) is { } progress ? Results.Ok(Answer(context, progress)) : ProblemAnswer.Of(ProblemKind.NotFound, "unknown_import", id);

    private static IResult Cancel(Guid id, HttpContext context, TickImports imports)
    {
        if (imports.Find(id) is not { } progress) return ProblemAnswer.Of(ProblemKind.NotFound, "unknown_import", id);
        return imports.Cancel(id) ? Results.Ok(Answer(context, progress)) : ProblemAnswer.Of(ProblemKind.Conflict, "already_final", progress.State);
    }

    private static IResult Days(HttpContext context, ITickArchive archive)
    {
        var query = new QueryFields(context.Request.Query);
        var source = ReadSource(query, required: false);
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        var days = archive.Days(source).OrderByDescending(d => d.TradingDay).ThenBy(d => d.Symbol);
        return Results.Ok(new ListAnswer<TickDayAnswer>([.. days.Select(d => new TickDayAnswer(d.Source.Value, d.Symbol.ToString(), d.TradingDay, d.Count))], null));
    }

    private static SourceName? ReadSource(QueryFields query, bool required)
    {
        if (query.Text("source") is not { } text)
        {
            if (required) query.Refuse("source", "required");
            return null;
        }

        if (SourceName.IsValid(text)) return new(text);
        query.Refuse("source", "not_a_source_name", text);
        return null;
    }

    /// <summary>A name that is no source yet is stored under the usual rules.</summary>
    private static Source RulesOf(TradingRuntime runtime, SourceName name, DateTimeOffset now) =>
        runtime.Snapshots.Current.Sources.FirstOrDefault(s => s.Source.Name == name)?.Source ?? new() { Name = name, Clock = SourceClock.Ticks, CreatedAt = now };

    private static TickImportAnswer Answer(HttpContext context, TickImportProgress progress) => TickImportAnswer.Of(progress, RequestLanguage.Of(context));
}

/// <summary>Stored ticks of one trading day.</summary>
public sealed record TickDayAnswer(string Source, string Symbol, DateOnly TradingDay, long Ticks);
