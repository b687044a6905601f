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

    public required DateTimeOffset CreatedAt { get; init; }
}
