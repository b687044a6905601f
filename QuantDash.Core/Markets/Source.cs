using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets;

/// <summary>Which clock rules a source and every account that hears it.</summary>
public enum SourceClock
{
    /// <summary>The machine's clock: ticks older than the limit or more than 2 s ahead are rejected.</summary>
    Wall,

    /// <summary>The feed is the clock for everything on its accounts (replay, tests); shown as REPLAY everywhere.</summary>
    Ticks,
}

/// <summary>A named origin of ticks. A rule hears only the source of its account; a second feed is a second source, never merged.</summary>
public sealed record Source
{
    public required SourceName Name { get; init; }
    public required SourceClock Clock { get; init; }

    /// <summary>Override <c>sessions: always</c>: every tick counts as continuous trading (demo, tests; admin only).</summary>
    public bool SessionsAlways { get; init; }

    /// <summary>Override <c>expiry: none</c>: contracts past their last trading day are accepted (demo, tests; admin only).</summary>
    public bool ExpiryNone { get; init; }

    /// <summary>How often whoever feeds it asks its venue for prices, 1 s to 1 h; null: prices come as they change.</summary>
    public TimeSpan? PollInterval { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How long a contract in session may be without a tick before it counts as silent: one that is polled may miss two of its turns.</summary>
    /// <param name="pushed">The limit of a feed whose prices come as they change.</param>
    public TimeSpan SilentAfter(TimeSpan pushed) => PollInterval is { } interval && interval * PollsMissed > pushed ? interval * PollsMissed : pushed;

    private const int PollsMissed = 3;
}
