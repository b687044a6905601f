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
    /// <summary>The exchange's distance from UTC; in winter where clocks change (<see cref="Zone"/>).</summary>
    public required TimeSpan UtcOffset { get; init; }

    /// <summary>Whose clock it is where clocks change; null: <see cref="UtcOffset"/> all year.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>The days it trades; null: those of the Chinese futures exchanges.</summary>
    public TradingCalendar? Calendar { get; init; }

    /// <summary>When the day session ends on a short day; null: there are none.</summary>
    public TimeOnly? ShortDayEnd { get; init; }

    public required IReadOnlyList<SessionSpan> DayAuctions { get; init; }
    public required IReadOnlyList<SessionSpan> Day { get; init; }
    public required IReadOnlyList<SessionSpan> NightAuctions { get; init; }
    public required IReadOnlyList<SessionSpan> Night { get; init; }

    /// <summary>Trades around the clock every day (perpetuals, and sources with <c>sessions: always</c>).</summary>
    public bool Always { get; init; }

    /// <summary>The exchange's distance from UTC at an instant.</summary>
    public TimeSpan OffsetAt(DateTimeOffset at) => Zone?.GetUtcOffset(at) ?? UtcOffset;

    /// <summary>What the exchange's clock shows.</summary>
    public DateTime LocalTime(DateTimeOffset at) => at.ToOffset(OffsetAt(at)).DateTime;

    /// <summary>The date on the exchange's clock.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(LocalTime(at));

    /// <summary>The instant at which the exchange's clock shows a time. Sessions never lie in the hours in which clocks change.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new(local, Zone?.GetUtcOffset(local) ?? UtcOffset);
    }

    /// <summary>The day session's continuous spans of one day, short ones cut.</summary>
    public IEnumerable<SessionSpan> DayOn(DateOnly day)
    {
        if (ShortDayEnd is not { } end || Calendar?.IsShortDay(day) != true) return Day;
        return Day.Where(span => span.From < end).Select(span => span.To > end ? span with { To = end } : span);
    }

    /// <summary>The day session's auctions of one day: on a short one those that it still has.</summary>
    public IEnumerable<SessionSpan> DayAuctionsOn(DateOnly day) =>
        ShortDayEnd is { } end && Calendar?.IsShortDay(day) == true ? DayAuctions.Where(span => span.From < end) : DayAuctions;

    /// <summary>早盘开盘: when continuous trading of a trading day's day session begins; its midnight where it never stops.</summary>
    public DateTimeOffset MorningOpen(DateOnly tradingDay) => At(tradingDay, !Always && Day is [var first, ..] ? first.From : TimeOnly.MinValue);
}

/// <summary>The stretch of one phase around an instant: inside [<see cref="Start"/>, <see cref="End"/>) the answer does not change,
/// so a tick in the same window costs two comparisons.</summary>
/// <param name="TradingDay">The day the window counts for: Friday night belongs to Monday. For a closed window the next trading day.</param>
public sealed record SessionWindow(SessionPhase Phase, DateOnly TradingDay, DateTimeOffset Start, DateTimeOffset End)
{
    public bool Covers(DateTimeOffset at) => at >= Start && at < End;
}
