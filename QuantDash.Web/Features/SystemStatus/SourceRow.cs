using QuantDash.Core.Engine;
using QuantDash.Core.Markets;
using QuantDash.Web.Live;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.SystemStatus;

/// <summary>The health of one source, ready to draw.</summary>
public sealed record SourceRow
{
    public required string Name { get; init; }
    public required SourceClock Clock { get; init; }
    public required bool SessionsAlways { get; init; }
    public required int Contracts { get; init; }
    public required int Stale { get; init; }
    public required long Accepted { get; init; }
    public required long Rejected { get; init; }
    public DateTimeOffset? LastTickAt { get; init; }
    public DateTimeOffset? FeedTime { get; init; }
    public required QuoteHealth? Health { get; init; }

    /// <summary>Share of its sessions' time in which it was live since our start, to a tenth of a percent and never rounded up; null: not counted.</summary>
    public decimal? Uptime { get; init; }

    public static IReadOnlyList<SourceRow> List(EngineSnapshot snapshot, IReadOnlyList<SourceRow> previous, FeedUptime uptime) =>
        RowReuse.Keep(previous, snapshot.Sources.Select(s => From(s, snapshot) with { Uptime = Percent(uptime.Of(s.Source.Name)) }).OrderBy(r => r.Name, StringComparer.Ordinal), r => r.Name);

    public static decimal? Percent(UptimeShare share) => share.Ratio is { } ratio ? Math.Floor((decimal)ratio * 1000m) / 1000m : null;

    private static SourceRow From(SourceView view, EngineSnapshot snapshot)
    {
        var quotes = snapshot.Quotes.Where(q => q.Source == view.Source.Name).ToList();
        return new()
        {
            Name = view.Source.Name.Value,
            Clock = view.Source.Clock,
            SessionsAlways = view.Source.SessionsAlways,
            Contracts = quotes.Count,
            Stale = quotes.Count(q => q.Health == QuoteHealth.Stale),
            Accepted = view.Accepted,
            Rejected = view.Rejected.Values.Sum(),
            LastTickAt = view.LastTickAt,
            FeedTime = view.Source.Clock == SourceClock.Ticks ? view.Clock : null,
            Health = quotes.Count == 0 ? null
                : quotes.Exists(q => q.Health == QuoteHealth.Stale) ? QuoteHealth.Stale
                : quotes.Exists(q => q.Health == QuoteHealth.Live) ? QuoteHealth.Live : QuoteHealth.Closed,
        };
    }
}

/// <summary>How many ticks of a source were refused for one reason.</summary>
public sealed record RejectRow(string Source, TickReject Reason, long Count, decimal Share)
{
    public static IReadOnlyList<RejectRow> List(EngineSnapshot snapshot)
    {
        var all = snapshot.Sources.SelectMany(s => s.Rejected.Where(r => r.Value > 0).Select(r => (Source: s.Source.Name.Value, Reason: r.Key, Count: r.Value))).ToList();
        var most = all.Count == 0 ? 1 : all.Max(r => r.Count);
        return [.. all.OrderByDescending(r => r.Count).Select(r => new RejectRow(r.Source, r.Reason, r.Count, (decimal)r.Count / most))];
    }
}
