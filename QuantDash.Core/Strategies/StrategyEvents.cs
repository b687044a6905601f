using QuantDash.Core.Markets.History;

namespace QuantDash.Core.Strategies;

/// <summary>A complete bar. Prices are whole ticks; the doubles are made of them.</summary>
/// <param name="End">First millisecond after it since 1970-01-01 UTC.</param>
public readonly record struct StrategyBar(BarShape Shape, long End, long OpenTicks, long HighTicks, long LowTicks, long CloseTicks, double Volume)
{
    public Timeframe Timeframe => Shape.Timeframe;
    public double Open => Shape.Scale.PriceOf(OpenTicks);
    public double High => Shape.Scale.PriceOf(HighTicks);
    public double Low => Shape.Scale.PriceOf(LowTicks);
    public double Close => Shape.Scale.PriceOf(CloseTicks);
}

/// <summary>What all bars of a series have in common.</summary>
public sealed record BarShape(PriceScale Scale, Timeframe Timeframe);

/// <summary>A quote. Prices in ticks; 0: that side is absent.</summary>
/// <param name="At">Milliseconds since 1970-01-01 UTC, by the venue's clock.</param>
public readonly record struct StrategyTick(long At, long LastTicks, long BidTicks, long AskTicks, double BidVolume, double AskVolume, double DayVolume);

/// <summary>Part of an order of its own was traded.</summary>
/// <param name="Fee">In the account's currency.</param>
/// <param name="At">Milliseconds since 1970-01-01 UTC; the end of its bar where bars are all there is.</param>
public readonly record struct StrategyFill(StrategyOrder Order, long PriceTicks, decimal Volume, decimal Fee, long At);
