namespace QuantDash.Core.Instruments;

/// <summary>Phase of a contract's trading day at an instant.</summary>
public enum SessionPhase
{
    /// <summary>No trading: night, weekend, holiday, lunch and tea breaks.</summary>
    Closed,

    /// <summary>Call auction: prints move marks, not rules.</summary>
    Auction,

    /// <summary>Continuous trading: the only phase in which conditions are evaluated.</summary>
    Continuous,
}

/// <summary>One stretch of exchange clock time, [<see cref="From"/>, <see cref="To"/>); it wraps past midnight when To ≤ From.</summary>
public readonly record struct SessionSpan(TimeOnly From, TimeOnly To);

/// <summary>The sessions of a product in exchange time: auctions and continuous spans of the day session, and of the night session before it.</summary>
public sealed record SessionPlan
{
    public required TimeSpan UtcOffset { get; init; }
    public required IReadOnlyList<SessionSpan> DayAuctions { get; init; }
    public required IReadOnlyList<SessionSpan> Day { get; init; }
    public required IReadOnlyList<SessionSpan> NightAuctions { get; init; }
    public required IReadOnlyList<SessionSpan> Night { get; init; }

    /// <summary>Trades around the clock every day (perpetuals, and sources with <c>sessions: always</c>).</summary>
    public bool Always { get; init; }

    /// <summary>早盘开盘: when continuous trading of a trading day's day session begins; its midnight where it never stops.</summary>
    public DateTimeOffset MorningOpen(DateOnly tradingDay) => new(tradingDay.ToDateTime(!Always && Day is [var first, ..] ? first.From : TimeOnly.MinValue), UtcOffset);
}

/// <summary>The stretch of one phase around an instant: inside [<see cref="Start"/>, <see cref="End"/>) the answer does not change,
/// so a tick in the same window costs two comparisons.</summary>
/// <param name="TradingDay">The day the window counts for: Friday night belongs to Monday. For a closed window the next trading day.</param>
public sealed record SessionWindow(SessionPhase Phase, DateOnly TradingDay, DateTimeOffset Start, DateTimeOffset End)
{
    public bool Covers(DateTimeOffset at) => at >= Start && at < End;
}
