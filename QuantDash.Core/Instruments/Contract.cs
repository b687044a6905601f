using QuantDash.Core.Primitives;

namespace QuantDash.Core.Instruments;

/// <summary>One tradable contract as it stands on the day it was looked up. Reference-unique per (catalog, symbol, price tick).</summary>
/// <remarks>Holds the seam between decimal prices and integer ticks: <c>TryTicks</c>, <see cref="TicksAtOrAbove"/>,
/// <see cref="TicksAtOrBelow"/>, <see cref="PriceAt"/>. A level that fires at "≥" rounds up, at "≤" rounds down (DESIGN.md 6.1).</remarks>
public sealed record Contract
{
    /// <summary>How far a price may lie from a tick and still be taken as that tick (price units).</summary>
    public const double TickTolerance = 1e-6;

    public required Symbol Symbol { get; init; }
    public required Product Product { get; init; }

    /// <summary>最小变动价位, &gt; 0.</summary>
    public required decimal PriceTick { get; init; }

    /// <summary>最后交易日; null for perpetuals and stocks.</summary>
    public DateOnly? LastTradingDay { get; init; }

    public decimal Multiplier => Product.Multiplier;
    public decimal VolumeStep => Product.VolumeStep;
    public Currency Currency => Product.Currency;

    /// <summary>Whether <paramref name="tradingDay"/> lies after the last trading day; never for perpetuals and stocks.</summary>
    public bool IsExpiredOn(DateOnly tradingDay) => LastTradingDay < tradingDay;

    /// <summary>The price <paramref name="ticks"/> × price tick, exact.</summary>
    public Price PriceAt(long ticks) => new(ticks * PriceTick);

    /// <summary>The number of ticks of a price that lies on a tick (within <see cref="TickTolerance"/>); false when it does not,
    /// when it is not finite, or when it is out of range.</summary>
    public bool TryTicks(double price, out long ticks)
    {
        var step = (double)PriceTick;
        var count = Math.Round(price / step);
        ticks = 0;
        if (!(Math.Abs(count) < 1e15) || !(Math.Abs((count * step) - price) <= TickTolerance)) return false;
        ticks = (long)count;
        return true;
    }

    /// <inheritdoc cref="TryTicks(double, out long)"/>
    public bool TryTicks(Price price, out long ticks)
    {
        var count = decimal.Round(price.Value / PriceTick);
        ticks = 0;
        if (Math.Abs(count) >= 1e15m || Math.Abs((count * PriceTick) - price.Value) > 0.000001m) return false;
        ticks = (long)count;
        return true;
    }

    /// <summary>The smallest tick count whose price is not below <paramref name="price"/>.</summary>
    public long TicksAtOrAbove(Price price) => (long)decimal.Ceiling(price.Value / PriceTick);

    /// <summary>The largest tick count whose price is not above <paramref name="price"/>.</summary>
    public long TicksAtOrBelow(Price price) => (long)decimal.Floor(price.Value / PriceTick);

    /// <summary>Points × volume × multiplier, in the contract's currency.</summary>
    public Money MoneyOf(Points move, Volume volume) => new(move.Value * volume.Value * Multiplier, Currency);

    /// <summary>Notional value: price × volume × multiplier.</summary>
    public Money NotionalOf(Price price, Volume volume) => new(price.Value * volume.Value * Multiplier, Currency);
}
