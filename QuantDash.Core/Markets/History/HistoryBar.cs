using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History;

/// <summary>One stored bar in whole price ticks: a row of <see cref="BarColumns"/>.</summary>
public readonly record struct HistoryBar
{
    /// <summary>More than any market has traded within a bar.</summary>
    public const double MostVolume = 1e15;

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

    /// <summary>Why no market can have traded so; null when it can. Codes: <c>bar_empty_time</c>, <c>bar_high_low</c>, <c>bar_outside</c>, <c>bar_volume</c>.</summary>
    /// <param name="priceTick">What one whole tick is worth, for the numbers of the sentence.</param>
    public Problem? Contradiction(decimal priceTick) => this switch
    {
        _ when End <= Start => new Problem("time", "bar_empty_time", DateTimeOffset.FromUnixTimeMilliseconds(Start), DateTimeOffset.FromUnixTimeMilliseconds(End)),
        _ when High < Low => new Problem("high", "bar_high_low", High * priceTick, Low * priceTick),
        _ when Open > High || Open < Low => new Problem("open", "bar_outside", Open * priceTick, Low * priceTick, High * priceTick),
        _ when Close > High || Close < Low => new Problem("close", "bar_outside", Close * priceTick, Low * priceTick, High * priceTick),
        _ when Volume < 0 || !double.IsFinite(Volume) => new Problem("volume", "bar_volume", Volume, MostVolume),
        _ when OpenInterest < 0 || !double.IsFinite(OpenInterest) => new Problem("open_interest", "bar_volume", OpenInterest, MostVolume),
        _ => null,
    };
}
