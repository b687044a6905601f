using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History;

/// <summary>One stored bar in whole price ticks: a row of <see cref="BarColumns"/>.</summary>
public readonly record struct HistoryBar
{
    /// <summary>First millisecond since 1970-01-01 UTC.</summary>
    public required long Start { get; init; }

    /// <summary>First millisecond after it.</summary>
    public required long End { get; init; }

    /// <summary>The trading day it counts for as <see cref="DateOnly.DayNumber"/>: Friday night's bars are Monday's.</summary>
    public required int TradingDay { get; init; }

    public required long Open { get; init; }
    public required long High { get; init; }
    public required long Low { get; init; }
    public required long Close { get; init; }

    /// <summary>Traded within the bar.</summary>
    public required double Volume { get; init; }

    /// <summary>At its end; 0 when its source has none.</summary>
    public double OpenInterest { get; init; }

    /// <summary>Why no market can have traded so: <c>bar_empty_time</c>, <c>bar_high_low</c>, <c>bar_open_outside</c>, <c>bar_close_outside</c>, <c>bar_volume</c>; null when it can.</summary>
    public Problem? Contradiction() => this switch
    {
        _ when End <= Start => new("time", "bar_empty_time", Start, End),
        _ when High < Low => new("high", "bar_high_low", High, Low),
        _ when Open > High || Open < Low => new("open", "bar_open_outside", Open, Low, High),
        _ when Close > High || Close < Low => new("close", "bar_close_outside", Close, Low, High),
        _ when !double.IsFinite(Volume) || Volume < 0 => new("volume", "bar_volume", Volume),
        _ when !double.IsFinite(OpenInterest) || OpenInterest < 0 => new("open_interest", "bar_volume", OpenInterest),
        _ => null,
    };
}
