using Microsoft.AspNetCore.Mvc;
using QuantDash.Core.Markets.History;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Data;

/// <summary>Stored bars over HTTP.</summary>
internal static class HistoryEndpoints
{
    /// <summary>So many bad lines of a refused file are told one by one.</summary>
    private const int MostBadLines = 100;

    public static void MapHistory(this IEndpointRouteBuilder app)
    {
        var bars = app.MapGroup("/api/bars").RequireAuthorization(Scopes.Read).WithTags("Market");
        bars.MapGet("", List).WithSummary("Stored bars by source, symbol and timeframe").Produces<ListAnswer<StoredBarsAnswer>>();
        bars.MapPost("import", ImportAsync).RequireAuthorization(Scopes.Trade).WithMetadata(new RequestSizeLimitAttribute(UploadReceiver.Largest + 65_536))
            .DisableAntiforgery()
            .WithSummary("Imports bars (plain, .gz or .zip) as raw body or form file (symbol, timeframe, source, format=csv|binance|lean|wondertrader, price_tick, on_error=refuse|skip, merge=overlapping|whole_span; csv: column names, zone, bar_time …)")
            .Produces<BarsStoredAnswer>();
        bars.MapPost("sync", SyncAsync).RequireAuthorization(Scopes.Trade)
            .WithSummary("Builds bars out of the ticks recorded under a source (source, symbol, timeframe)")
            .Produces<BarsStoredAnswer>();
        bars.MapDelete("", RemoveAsync).RequireAuthorization(Scopes.Trade).WithSummary("Removes a stored series (source, symbol, timeframe)").Produces(StatusCodes.Status204NoContent);
        app.MapReference();
    }

    private static IResult List(HttpContext context, IBarArchive archive)
    {
        var query = new QueryFields(context.Request.Query);
        var source = query.Text("source") is null ? (SourceName?)null : HistoryImportQuery.SourceOf(query, "");
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        return Results.Ok(new ListAnswer<StoredBarsAnswer>([.. archive.Catalogue(source).Series.Select(StoredBarsAnswer.Of)], null));
    }

    private static async Task<IResult> ImportAsync(HttpContext context, UploadReceiver upload, HistoryDesk desk)
    {
        var query = new QueryFields(context.Request.Query);
        if (HistoryImportQuery.Read(query) is not { } request) return ProblemAnswer.Of(query.Problems);
        var (path, name) = await upload.ReceiveAsync(context);
        try
        {
            var done = await desk.ImportAsync(request with { Path = path }, name, context.RequestAborted);
            return done is { Stored: { } stored, Read.Bars: { } bars } ? Results.Ok(BarsStoredAnswer.Of(bars.Key, stored, done.Read.BadLineCount)) : ProblemAnswer.Of(ProblemsOf(done));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<IResult> SyncAsync(HttpContext context, HistoryDesk desk)
    {
        var query = new QueryFields(context.Request.Query);
        var (source, symbol, timeframe) = (HistoryImportQuery.Required(query, "source"), HistoryImportQuery.Required(query, "symbol"), HistoryImportQuery.TimeframeOf(query));
        if (source.Length > 0 && !SourceName.IsValid(source)) query.Refuse("source", "not_a_source_name", source);
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        var done = await desk.SyncAsync(new(source), symbol, timeframe, context.RequestAborted);
        return done.Succeeded ? Results.Ok(BarsStoredAnswer.Of(done.Value.Key, done.Value.Stored, 0)) : ProblemAnswer.Of(done.Problems);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, HistoryDesk desk)
    {
        var query = new QueryFields(context.Request.Query);
        var (source, text, timeframe) = (HistoryImportQuery.SourceOf(query, ""), HistoryImportQuery.Required(query, "symbol"), HistoryImportQuery.TimeframeOf(query));
        if (!Symbol.TryParseCanonical(text, out var symbol) && text.Length > 0) query.Refuse("symbol", "invalid_symbol", text);
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        return await desk.RemoveAsync(new(source, symbol, timeframe)) ? Results.NoContent() : ProblemAnswer.Of(ProblemKind.NotFound, "unknown_series", $"{source} {symbol} {timeframe}");
    }

    /// <summary>A bad line is a field of its own: <c>line 7 close</c>.</summary>
    private static List<Problem> ProblemsOf(HistoryImported done) =>
        [.. done.Problems, .. (done.Read?.BadLines ?? []).Take(MostBadLines).SelectMany(bad => bad.Problems.Select(problem => problem with { Field = $"line {bad.Line} {problem.Field}" }))];
}

/// <summary>A stored series.</summary>
/// <param name="From">Start of the first bar; null when it is empty.</param>
/// <param name="To">End of the last.</param>
public sealed record StoredBarsAnswer(string Source, string Symbol, string Timeframe, int Bars, DateTimeOffset? From, DateTimeOffset? To, decimal PriceTick, long Bytes)
{
    internal static StoredBarsAnswer Of(StoredBars stored) => new(
        stored.Key.Source.Value,
        stored.Key.Symbol.ToString(),
        stored.Key.Timeframe.ToString(),
        stored.Count,
        stored.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(stored.From),
        stored.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(stored.To),
        stored.PriceTick,
        stored.Bytes);
}

/// <summary>What became of bars that came in.</summary>
/// <param name="BadLines">Left out.</param>
public sealed record BarsStoredAnswer(string Source, string Symbol, string Timeframe, int Added, int Replaced, int Unchanged, int Removed, long BadLines)
{
    internal static BarsStoredAnswer Of(BarKey key, BarMergeResult stored, long badLines) =>
        new(key.Source.Value, key.Symbol.ToString(), key.Timeframe.ToString(), stored.Added, stored.Replaced, stored.Unchanged, stored.Removed, badLines);
}
