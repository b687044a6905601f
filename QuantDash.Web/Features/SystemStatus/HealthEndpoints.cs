using Microsoft.Extensions.Options;
using QuantDash.Core.Engine;
using QuantDash.Core.Notifications;
using QuantDash.Web.Configuration;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>Whether QuantDash is up, for whoever watches it. Open to all, so it names parts and their state and nothing of what is traded.</summary>
public static class HealthEndpoints
{
    // A turn takes milliseconds, and one comes ten times a second: a thread that takes none for this long hangs.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health", Answer).AllowAnonymous().WithTags("System")
            .WithSummary("503 until local state is recovered; then ok, or degraded and which part is").Produces<HealthAnswer>();

        // For programs that start, stop and route: two words, and nothing to read.
        app.MapGet("/health/live", () => new ProbeAnswer("ok")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).AddEndpointFilter(WatchdogLink.SeeAsync).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Whether orders can go out: recovered, what is decided becomes durable, and somebody decides.</summary>
    internal static IResult Ready(TradingRuntime runtime, IDurableJournal journal)
    {
        if (!runtime.Snapshots.Current.Recovered) return NotReady("recovering");
        return journal.Health.State switch
        {
            JournalState.Healthy when Hangs(runtime) => NotReady("engine"),
            JournalState.Healthy => Results.Ok(new ProbeAnswer("ok")),
            JournalState.Fenced => NotReady("fenced"),
            _ => NotReady("journal"),
        };
    }

    private static bool Hangs(TradingRuntime runtime) => runtime.SinceLastTurn > LongestTurn;

    private static IResult NotReady(string why) => Results.Json(new ProbeAnswer(why), statusCode: StatusCodes.Status503ServiceUnavailable);

    private static IResult Answer(TradingRuntime runtime, IDurableJournal journal, INotificationHealth notifications, IOptions<QuantDashOptions> options)
    {
        var (snapshot, role) = (runtime.Snapshots.Current, options.Value.Role);
        if (journal.Health.State == JournalState.Fenced) return Down(new("fenced", role, new() { ["database"] = "fenced" }));
        if (!snapshot.Recovered) return Down(new("starting", role, new() { ["engine"] = "recovering" }));
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["engine"] = Hangs(runtime) ? "stalled" : "ok",
            ["database"] = journal.Health.State == JournalState.Healthy ? "ok" : Api.WireNames<JournalState>.Of(journal.Health.State),
            ["feeds"] = Feeds(snapshot),
        };
        if (snapshot.OpenAccounts.Any(a => a.Bridge is not null)) parts["bridge"] = snapshot.OpenAccounts.All(a => a.Bridge is null || a.LinkUp) ? "ok" : "missing";
        if (notifications.Current is { Configured: true } sending) parts["notifications"] = sending.LastError is null ? "ok" : "failing";
        return Results.Ok(new HealthAnswer(parts.Values.All(p => p == "ok") ? "ok" : "degraded", role, parts));
    }

    private static IResult Down(HealthAnswer answer) => Results.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable);

    /// <summary>Only sources that an account hears: nobody misses the others.</summary>
    private static string Feeds(EngineSnapshot snapshot)
    {
        var heard = snapshot.OpenAccounts.Select(a => a.Account.Source).ToHashSet();
        if (snapshot.Sources.Any(s => heard.Contains(s.Source.Name) && s.LastTickAt is null)) return "missing";
        return snapshot.Quotes.Any(q => heard.Contains(q.Source) && q.Health == QuoteHealth.Stale) ? "stale" : "ok";
    }
}

/// <param name="Status">starting, standby (another process is the trader), fenced (it became so in our place, and this one ends), ok or degraded.</param>
/// <param name="Role">As configured: all, trader or worker.</param>
/// <param name="Parts">engine, database, feeds, bridge (with bridge accounts), notifications (where they are set up): ok, or what is wrong.</param>
public sealed record HealthAnswer(string Status, string Role, Dictionary<string, string> Parts)
{
    /// <summary>While standing by: who trades.</summary>
    public TraderAnswer? Trader { get; init; }

    internal static HealthAnswer Standby(string role, TraderHolder? holder) =>
        new("standby", role, []) { Trader = holder is null ? null : new(holder.Name, holder.Fence, holder.Since) };
}

/// <param name="Process">Its machine and process number.</param>
/// <param name="Fence">Grows with each taking over.</param>
/// <param name="Since">When it became the trader.</param>
public sealed record TraderAnswer(string Process, long Fence, DateTimeOffset Since);

/// <param name="Status">ok, or what is waited for: recovering, journal, engine (its thread hangs); standby or fenced while another process is the trader.</param>
public sealed record ProbeAnswer(string Status);
