using QuantDash.Core.Primitives;

namespace QuantDash.Core.Hosting;

/// <summary>One leg of a contract as a strategy holds it.</summary>
/// <param name="Today">Of it, opened on the trading day of <see cref="StrategyBook.Day"/>.</param>
/// <param name="Cost">Σ open price × volume.</param>
public readonly record struct StrategyBookLeg(decimal Volume, decimal Today, decimal Cost)
{
    /// <summary>开仓均价; null when flat.</summary>
    public decimal? AverageOpenPrice => Volume == 0m ? null : Cost / Volume;
}

/// <summary>Whose lots are whose: what one strategy holds of one contract, and what it made of it. Lots are told apart by volume and open price, oldest first.</summary>
public sealed record StrategyBook
{
    public required Guid InstanceId { get; init; }
    public required Symbol Symbol { get; init; }
    public StrategyBookLeg Long { get; init; }
    public StrategyBookLeg Short { get; init; }

    /// <summary>The trading day that the numbers of today belong to; null before the first fill.</summary>
    public DateOnly? Day { get; init; }
    public decimal RealisedToday { get; init; }
    public decimal FeesToday { get; init; }

    /// <summary>Floating P&amp;L when <see cref="Day"/> began.</summary>
    public decimal FloatingAtStart { get; init; }
    public decimal RealisedTotal { get; init; }
    public decimal FeesTotal { get; init; }

    public decimal Net => Long.Volume - Short.Volume;
    public bool IsFlat => Long.Volume == 0m && Short.Volume == 0m;
}
