using QuantDash.Core.Primitives;

namespace QuantDash.Core.Hosting;

/// <summary>One leg of a contract as a strategy holds it.</summary>
/// <param name="Today">Of it, opened on the trading day of <see cref="StrategyBook.Day"/>.</param>
/// <param name="Cost">Σ open price × volume.</param>
public readonly record struct StrategyBookLeg(decimal Volume, decimal Today, decimal Cost)
{
    /// <summary>开仓均价; null when flat.</summary>
    public decimal? AverageOpenPrice => Volume == 0m ? null : Cost / Volume;

    internal StrategyBookLeg With(decimal volume, decimal price) => new(Volume + volume, Today + volume, Cost + (volume * price));

    /// <summary>Older lots go first.</summary>
    internal StrategyBookLeg Without(decimal volume)
    {
        var left = Volume - volume;
        return left <= 0m ? default : new(left, Math.Min(Today, left), Cost * left / Volume);
    }
}

/// <summary>Whose lots are whose: what one strategy holds of one contract, and what it made of it. Closes realise against the average open price of its own.</summary>
public sealed record StrategyBook
{
    public required Guid InstanceId { get; init; }
    public required Symbol Symbol { get; init; }
    public StrategyBookLeg Long { get; init; }
    public StrategyBookLeg Short { get; init; }

    /// <summary>The trading day that the numbers of today belong to; null before the first.</summary>
    public DateOnly? Day { get; init; }
    public decimal RealisedToday { get; init; }
    public decimal FeesToday { get; init; }

    /// <summary>Floating P&amp;L when <see cref="Day"/> began.</summary>
    public decimal FloatingAtStart { get; init; }
    public decimal RealisedTotal { get; init; }
    public decimal FeesTotal { get; init; }

    public decimal Net => Long.Volume - Short.Volume;
    public bool IsFlat => Long.Volume == 0m && Short.Volume == 0m;

    public StrategyBookLeg Leg(Side side) => side == Side.Long ? Long : Short;

    /// <summary>浮动盈亏 at a price.</summary>
    /// <param name="multiplier">Money per point and unit of volume.</param>
    public decimal FloatingAt(decimal price, decimal multiplier) =>
        ((Long.Volume * price) - Long.Cost - (Short.Volume * price) + Short.Cost) * multiplier;

    internal StrategyBook Opened(Side side, decimal volume, decimal price, decimal fee) =>
        Put(side, Leg(side).With(volume, price)) with { FeesToday = FeesToday + fee, FeesTotal = FeesTotal + fee };

    /// <summary>What is beyond the leg was somebody else's: only its fee counts here.</summary>
    internal StrategyBook Closed(Side side, decimal volume, decimal price, decimal multiplier, decimal fee)
    {
        var leg = Leg(side);
        var own = Math.Min(volume, leg.Volume);
        var realised = own == 0m ? 0m : side.Sign() * ((own * price) - (own * leg.AverageOpenPrice!.Value)) * multiplier;
        return Put(side, leg.Without(own)) with
        {
            RealisedToday = RealisedToday + realised, RealisedTotal = RealisedTotal + realised, FeesToday = FeesToday + fee, FeesTotal = FeesTotal + fee,
        };
    }

    /// <summary>So much of a leg is gone without a trade of its own.</summary>
    internal StrategyBook Without(Side side, decimal volume) => Put(side, Leg(side).Without(volume));

    /// <param name="floating">At the last price of the day before.</param>
    internal StrategyBook On(DateOnly day, decimal floating) => this with
    {
        Day = day, RealisedToday = 0m, FeesToday = 0m, FloatingAtStart = floating, Long = Long with { Today = 0m }, Short = Short with { Today = 0m },
    };

    private StrategyBook Put(Side side, StrategyBookLeg leg) => side == Side.Long ? this with { Long = leg } : this with { Short = leg };
}
