using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>Whether QuantDash is up, for whoever watches it. Open to all, so it names parts and their state and nothing of what is traded.</summary>
public static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health", Answer).AllowAnonymous().WithTags("System")
            .WithSummary("503 until local state is recovered; then ok, or degraded and which part is").Produces<HealthAnswer>();

        // For programs that start, stop and route: two words, and nothing to read.
        app.MapGet("/health/live", () => new ProbeAnswer("ok")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Whether orders can go out: recovered, and what is decided becomes durable.</summary>
    internal static IResult Ready(TradingRuntime runtime, IDurableJournal journal)
    {
        if (!runtime.Snapshots.Current.Recovered) return NotReady("recovering");
        return journal.Health.State == JournalState.Healthy ? Results.Ok(new ProbeAnswer("ok")) : NotReady("journal");
    }

    private static IResult NotReady(string why) => Results.Json(new ProbeAnswer(why), statusCode: StatusCodes.Status503ServiceUnavailable);

    private static IResult Answer(TradingRuntime runtime, IDurableJournal journal, INotificationHealth notifications)
    {
        var snapshot = runtime.Snapshots.Current;
        if (!snapshot.Recovered) return Results.Json(new HealthAnswer("starting", new() { ["engine"] = "recovering" }), statusCode: StatusCodes.Status503ServiceUnavailable);
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["engine"] = "ok",
            ["database"] = journal.Health.State == JournalState.Healthy ? "ok" : Api.WireNames<JournalState>.Of(journal.Health.State),
            ["feeds"] = Feeds(snapshot),
        };
        if (snapshot.Accounts.Any(a => a.Bridge is not null)) parts["bridge"] = snapshot.Accounts.All(a => a.Bridge is null || a.LinkUp) ? "ok" : "missing";
        if (notifications.Current is { Configured: true } sending) parts["notifications"] = sending.LastError is null ? "ok" : "failing";
        return Results.Ok(new HealthAnswer(parts.Values.All(p => p == "ok") ? "ok" : "degraded", parts));
    }

    /// <summary>Only sources that an account hears: nobody misses the others.</summary>
    private static string Feeds(EngineSnapshot snapshot)
    {
        var heard = snapshot.Accounts.Select(a => a.Account.Source).ToHashSet();
        if (snapshot.Sources.Any(s => heard.Contains(s.Source.Name) && s.LastTickAt is null)) return "missing";
        return snapshot.Quotes.Any(q => heard.Contains(q.Source) && q.Health == QuoteHealth.Stale) ? "stale" : "ok";
    }
}

/// <param name="Status">starting, ok or degraded.</param>
/// <param name="Parts">engine, database, feeds, bridge (with bridge accounts), notifications (where they are set up): ok, or what is wrong.</param>
public sealed record HealthAnswer(string Status, Dictionary<string, string> Parts);

/// <param name="Status">ok, or what is waited for: recovering, journal.</param>
public sealed record ProbeAnswer(string Status);
