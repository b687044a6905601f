namespace QuantDash.Core.Strategies;

/// <summary>The seam from whole ticks to double prices: one multiplication of whole numbers and one division, hence the very double that reading the decimal text gives.</summary>
public sealed class PriceScale
{
    private readonly double _numerator;
    private readonly double _denominator;

    public PriceScale(decimal priceTick)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priceTick);
        PriceTick = priceTick;
        var (numerator, denominator) = (priceTick, 1m);
        while (numerator != decimal.Truncate(numerator)) (numerator, denominator) = (numerator * 10m, denominator * 10m);
        (_numerator, _denominator) = ((double)numerator, (double)denominator);
    }

    public decimal PriceTick { get; }

    public double PriceOf(long ticks) => ticks * _numerator / _denominator;

    /// <summary>The largest tick whose price is not above a price (within a millionth of a tick).</summary>
    public long AtOrBelow(double price) => (long)Math.Floor((price * _denominator / _numerator) + 1e-6);

    /// <summary>The smallest tick whose price is not below a price (within a millionth of a tick).</summary>
    public long AtOrAbove(double price) => (long)Math.Ceiling((price * _denominator / _numerator) - 1e-6);
}
