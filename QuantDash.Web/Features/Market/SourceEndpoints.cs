using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Market;

/// <summary>Named origins of ticks.</summary>
internal static class SourceEndpoints
{
    private const int LongestPollSeconds = 3_600;

    public static void MapSources(this IEndpointRouteBuilder app)
    {
        var sources = app.MapGroup("/api/sources").RequireAuthorization(Scopes.Read).WithTags("Market");
        sources.MapGet("", ListAsync).WithSummary("All sources, what came and what was refused").Produces<ListAnswer<SourceAnswer>>();
        sources.MapPost("", CreateAsync).RequireAuthorization(Scopes.Trade).WithSummary("A new source; overrides need the scope admin")
            .Takes<SourceBody>().Produces<SourceAnswer>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(EngineReads reads, CancellationToken stop) =>
        Answers.Whole((await reads.SnapshotAsync(stop)).Sources.Select(SourceAnswer.Of));

    private static async Task<IResult> CreateAsync(HttpContext context, TradingRuntime runtime, TimeProvider clock, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("name");
        var name = body.Text("name");
        if (name is not null && !SourceName.IsValid(name)) body.Refuse("name", "not_a_source_name", name);
        var sourceClock = body.Choice<SourceClock>("clock") ?? SourceClock.Wall;
        var poll = body.Integer("poll_interval", 1, LongestPollSeconds);
        var overrides = body.Object("overrides");
        var (sessions, expiry) = (IsSet(overrides, "sessions", "always"), IsSet(overrides, "expiry", "none"));
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);
        if ((sessions || expiry) && !context.User.HasClaim(Scopes.Claim, Scopes.Admin))
            return new ProblemAnswer(ProblemKind.Forbidden, new Problem("overrides", "missing_scope", Scopes.Admin));

        var source = new Source { Name = new(name!), Clock = sourceClock, SessionsAlways = sessions, ExpiryNone = expiry, PollInterval = poll is { } seconds ? TimeSpan.FromSeconds(seconds) : null, CreatedAt = clock.GetUtcNow() };
        var created = await runtime.RunAsync((engine, _) => engine.CreateSource(source), stop);
        return Answers.Created(created, _ => "/api/sources", SourceAnswer.Of);
    }

    private static bool IsSet(JsonFields? overrides, string name, string value)
    {
        if (overrides?.Text(name) is not { } text) return false;
        if (text != value) overrides.Refuse(name, "not_allowed", text, value);
        return text == value;
    }
}

/// <param name="Name">1 to 64 of a-z, 0-9, _ and -.</param>
/// <param name="Clock">ticks: the feed is the clock of everything on its accounts (replay, tests).</param>
/// <param name="PollInterval">Seconds between two prices of a feed that asks for them; left out: prices come as they change.</param>
public sealed record SourceBody(string Name, SourceClock Clock = SourceClock.Wall, SourceOverrides? Overrides = null, int? PollInterval = null);

/// <param name="Sessions">always: every tick counts as continuous trading.</param>
/// <param name="Expiry">none: expired contracts are accepted.</param>
public sealed record SourceOverrides(string? Sessions = null, string? Expiry = null);

/// <param name="PollInterval">Seconds; null: prices come as they change.</param>
/// <param name="LastTickAt">Arrival of the latest accepted tick.</param>
/// <param name="ClockAt">The source's own clock, when the feed is the clock.</param>
public sealed record SourceAnswer(
    string Name,
    SourceClock Clock,
    SourceOverrides Overrides,
    bool Replay,
    DateTimeOffset CreatedAt,
    int? PollInterval = null,
    long? Accepted = null,
    IReadOnlyDictionary<string, long>? Rejected = null,
    DateTimeOffset? LastTickAt = null,
    DateTimeOffset? ClockAt = null)
{
    public static SourceAnswer Of(Source source) => new(
        source.Name.Value, source.Clock, new(source.SessionsAlways ? "always" : null, source.ExpiryNone ? "none" : null),
        source.Clock == SourceClock.Ticks, source.CreatedAt, source.PollInterval is { } interval ? (int)interval.TotalSeconds : null);

    public static SourceAnswer Of(SourceView view) => Of(view.Source) with
    {
        Accepted = view.Accepted,
        Rejected = view.Rejected.ToDictionary(r => WireNames<TickReject>.Of(r.Key), r => r.Value),
        LastTickAt = view.LastTickAt,
        ClockAt = view.Clock,
    };
}
