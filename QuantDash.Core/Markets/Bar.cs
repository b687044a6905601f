using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets;

/// <summary>Price and volume over one stretch of trading.</summary>
public sealed record Bar
{
    /// <summary>First instant of the stretch.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>First instant after it: the time exchanges and charts in China print on a bar. Never past the end of its session.</summary>
    public required DateTimeOffset End { get; init; }
    public required DateOnly TradingDay { get; init; }
    public required Price Open { get; init; }
    public required Price High { get; init; }
    public required Price Low { get; init; }
    public required Price Close { get; init; }

    /// <summary>Traded within the bar: the growth of the day's cumulative volume.</summary>
    public required decimal Volume { get; init; }

    /// <summary>At the end of the bar; 0 when the feed has none.</summary>
    public required decimal OpenInterest { get; init; }
}
