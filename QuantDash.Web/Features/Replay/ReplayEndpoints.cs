using System.Globalization;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Problems;
using QuantDash.Web.Security;

namespace QuantDash.Web.Features.Replay;

/// <summary>Replays over HTTP.</summary>
internal static class ReplayEndpoints
{
    public static void MapReplays(this IEndpointRouteBuilder app)
    {
        var replays = app.MapGroup("/api/replays").RequireAuthorization(Scopes.Read).WithTags("Replay");
        replays.MapGet("", List).WithSummary("Replays since the start, newest first").Produces<ListAnswer<ReplayAnswer>>();
        replays.MapGet("{id:guid}", Find).WithSummary("How far a replay is").Produces<ReplayAnswer>();

        var steer = app.MapGroup("/api/replays").RequireAuthorization(Scopes.Trade).WithTags("Replay");
        steer.MapPost("", StartAsync).WithSummary("Plays a stored trading day on a source whose ticks are the clock").Takes<ReplayBody>()
            .Produces<ReplayAnswer>(StatusCodes.Status201Created);
        steer.MapPost("{id:guid}/pause", (Guid id, ReplayService service) => Answer(service.Pause(id))).WithSummary("Holds it").Produces<ReplayAnswer>();
        steer.MapPost("{id:guid}/resume", (Guid id, ReplayService service) => Answer(service.Resume(id))).WithSummary("Goes on").Produces<ReplayAnswer>();
        steer.MapPost("{id:guid}/speed", SpeedAsync).WithSummary("Changes the speed: a factor, or null for as fast as it goes").Takes<SpeedBody>()
            .Produces<ReplayAnswer>();
        steer.MapPost("{id:guid}/seek", SeekAsync).WithSummary("Skips forwards to a time").Takes<SeekBody>().Produces<ReplayAnswer>();
        steer.MapPost("{id:guid}/stop", async (Guid id, ReplayService service) => Answer(await service.StopAsync(id))).WithSummary("Ends it")
            .Produces<ReplayAnswer>();
    }

    private static IResult List(ReplayService service) => Results.Ok(new ListAnswer<ReplayAnswer>([.. service.Replays.Select(ReplayAnswer.Of)], null));

    private static IResult Find(Guid id, ReplayService service) => service.Find(id) is { } status
        ? Results.Ok(ReplayAnswer.Of(status.Current))
        : ProblemAnswer.Of(ProblemKind.NotFound, "unknown_replay", id);

    private static async Task<IResult> StartAsync(HttpContext context, ReplayService service, EngineReads reads, CancellationToken stop)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("from", "to", "trading_day");
        var from = Source(body, "from");
        var to = Source(body, "to");
        var day = Day(body);
        var symbols = Symbols(body);
        var speed = Speed(body);
        if (to is { } target && ReplayTarget.Check(await reads.SnapshotAsync(stop), target) is { } wrong) body.Refuse(wrong.Field, wrong.Code, target);
        if (body.Problems.Count > 0) return ProblemAnswer.Of(body.Problems);

        var started = service.Start(new(from!.Value, to!.Value, symbols, day!.Value, speed));
        return started.Succeeded ? Results.Created($"/api/replays/{started.Value.Id}", ReplayAnswer.Of(started.Value)) : ProblemAnswer.Of(started.Problems);
    }

    private static async Task<IResult> SpeedAsync(Guid id, HttpContext context, ReplayService service)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        var speed = Speed(body);
        return body.Problems.Count > 0 ? ProblemAnswer.Of(body.Problems) : Answer(service.SetSpeed(id, speed));
    }

    private static async Task<IResult> SeekAsync(Guid id, HttpContext context, ReplayService service)
    {
        var body = await JsonBody.ReadObjectAsync(context);
        body.Require("at");
        var at = body.Time("at");
        return body.Problems.Count > 0 ? ProblemAnswer.Of(body.Problems) : Answer(service.Seek(id, at!.Value));
    }

    private static SourceName? Source(JsonFields body, string name)
    {
        if (body.Text(name) is not { } text) return null;
        if (SourceName.IsValid(text)) return new(text);
        body.Refuse(name, "not_a_source_name", text);
        return null;
    }

    private static DateOnly? Day(JsonFields body)
    {
        if (body.Text("trading_day") is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        body.Refuse("trading_day", "not_a_day", text);
        return null;
    }

    private static List<Symbol> Symbols(JsonFields body)
    {
        var symbols = new List<Symbol>();
        foreach (var text in body.Texts("symbols", 500) ?? [])
        {
            try
            {
                symbols.Add(Symbol.ParseCanonical(text));
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                body.Refuse("symbols", "invalid_symbol", text);
            }
        }

        return symbols;
    }

    private static double? Speed(JsonFields body)
    {
        var speed = (double?)body.Number("speed");
        if (!ReplayRequest.IsSpeed(speed)) body.Refuse("speed", "out_of_range", 0.1m, 100_000m, speed);
        return speed;
    }

    private static IResult Answer(Outcome<ReplayStatus> outcome)
    {
        if (outcome.Succeeded) return Results.Ok(ReplayAnswer.Of(outcome.Value));
        return outcome.Problems[0].Code == "unknown_replay" ? new ProblemAnswer(ProblemKind.NotFound, outcome.Problems) : ProblemAnswer.Of(outcome.Problems);
    }
}

/// <param name="From">The source the ticks are stored under.</param>
/// <param name="To">A source with <c>clock: ticks</c>.</param>
/// <param name="Symbols">All when absent.</param>
/// <param name="Speed">A factor; null: as fast as it goes.</param>
public sealed record ReplayBody(string From, string To, DateOnly TradingDay, IReadOnlyList<string>? Symbols, double? Speed);

public sealed record SpeedBody(double? Speed);

public sealed record SeekBody(DateTimeOffset At);

/// <summary>A replay as the API tells it.</summary>
public sealed record ReplayAnswer(
    Guid Id, string From, string To, DateOnly TradingDay, IReadOnlyList<string> Symbols, ReplayState State, double? Speed, DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt, DateTimeOffset Begin, DateTimeOffset End, DateTimeOffset? Position, int Total, int Played, int Accepted, int Rejected,
    double Progress, string? Error)
{
    public static ReplayAnswer Of(ReplayStatus s) => new(
        s.Id, s.Request.From.Value, s.Request.To.Value, s.Request.TradingDay, [.. s.Request.Symbols.Select(x => x.ToString())], s.State, s.Speed, s.StartedAt,
        s.EndedAt, s.Begin, s.End, s.Position, s.Total, s.Played, s.Accepted, s.Rejected, s.Progress, s.Error);
}
