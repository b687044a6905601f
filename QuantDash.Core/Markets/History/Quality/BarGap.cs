namespace QuantDash.Core.Markets.History.Quality;

/// <summary>How much is missing at once.</summary>
public enum BarGapKind
{
    /// <summary>Some bars of a session. Where a contract hardly trades, minutes without a trade have no bar.</summary>
    WithinSession,

    WholeSession,
    WholeDay,

    /// <summary>A whole session or day of a year whose holidays nobody told us: probably none was held. Not counted as missing.</summary>
    UnknownCalendar,
}

/// <summary>Time without bars in which the contract traded.</summary>
/// <param name="From">First millisecond since 1970-01-01 UTC.</param>
/// <param name="To">First millisecond after it.</param>
/// <param name="MissingBars">How many bars of the timeframe it would hold.</param>
public sealed record BarGap(DateOnly TradingDay, long From, long To, int MissingBars, BarGapKind Kind);
