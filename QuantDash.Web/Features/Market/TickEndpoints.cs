using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Market;

/// <summary>Ticks pushed by programs.</summary>
internal static class TickEndpoints
{
    private const int LargestBody = 32 * 1024 * 1024;

    public static void MapTickPush(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/ticks", PushAsync).RequireAuthorization(Scopes.Bridge).WithTags("Market")
            .WithSummary("Ticks in order of arrival (?source=name); answered once all were validated and sequenced")
            .Takes<IReadOnlyList<TickBody>>().Produces<TicksAnswer>()
            .WithMetadata(new RequestSizeLimit(LargestBody));

    private static async Task<IResult> PushAsync(HttpContext context, TradingRuntime runtime, EngineReads reads, CancellationToken stop)
    {
        var query = new QueryFields(context.Request.Query);
        var name = query.Text("source");
        if (name is null) query.Refuse("source", "required");
        else if (!SourceName.IsValid(name)) query.Refuse("source", "not_a_source_name", name);
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        var source = new SourceName(name!);
        if (!await IsKnownAsync(source, runtime, reads, stop)) return ProblemAnswer.Of([new Problem("source", "unknown_source", name)]);

        var ticks = await ReadAsync(context);
        if (!ticks.Succeeded) return ProblemAnswer.Of(ticks.Problems);
        return Results.Ok(TicksAnswer.Of(await runtime.PushTicksAsync(source, ticks.Value, stop)));
    }

    private static async Task<Outcome<IReadOnlyList<SymbolTick>>> ReadAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadLentAsync(context, LargestBody);
        if (body.Length == 0) throw new ProblemException(ProblemKind.MalformedJson, "empty_body");
        return TickReader.Read(body.Written);
    }

    /// <summary>The published snapshot knows all but a source of the last moment; only then is the engine asked.</summary>
    private static async ValueTask<bool> IsKnownAsync(SourceName source, TradingRuntime runtime, EngineReads reads, CancellationToken stop) =>
        runtime.Snapshots.Current.Sources.Any(s => s.Source.Name == source)
        || (await reads.SnapshotAsync(stop)).Sources.Any(s => s.Source.Name == source);

    private sealed record RequestSizeLimit(long? MaxRequestBodySize) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata;
}
