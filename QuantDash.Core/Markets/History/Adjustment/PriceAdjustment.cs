namespace QuantDash.Core.Markets.History.Adjustment;

/// <summary>Why prices before and after a day do not compare.</summary>
public enum AdjustmentKind
{
    Split,
    Dividend,

    /// <summary>A main series goes over to the next contract.</summary>
    Roll,
}

/// <summary>How a difference in price is taken out of a series.</summary>
public enum AdjustmentMethod
{
    /// <summary>Prices are multiplied: returns stay true, differences in money do not. Never crosses 0.</summary>
    Ratio,

    /// <summary>A constant is added: differences in money stay true, returns do not. Far from the anchor prices may fall below 0.</summary>
    Additive,
}

/// <summary>Which end of the series keeps its prices.</summary>
public enum AdjustmentDirection
{
    /// <summary>As traded.</summary>
    Raw,

    /// <summary>The oldest prices stay, later ones change (后复权).</summary>
    Forward,

    /// <summary>The latest prices stay, earlier ones change (前复权).</summary>
    Backward,
}

/// <summary>One event: what turns a price of before into one that compares with those from its day on, <c>price × Factor + Offset</c>.</summary>
public sealed record PriceAdjustment
{
    private PriceAdjustment(DateOnly from, AdjustmentKind kind, decimal factor, decimal offset, decimal volumeFactor)
        => (EffectiveFrom, Kind, Factor, Offset, VolumeFactor) = (from, kind, factor, offset, volumeFactor);

    /// <summary>First trading day of the new prices: ex-date, or the new contract's first day in the series.</summary>
    public DateOnly EffectiveFrom { get; }

    public AdjustmentKind Kind { get; }

    /// <summary>&gt; 0.</summary>
    public decimal Factor { get; }

    public decimal Offset { get; }

    /// <summary>What turns a volume of before into one of after.</summary>
    public decimal VolumeFactor { get; }

    /// <summary>A split is always a ratio.</summary>
    /// <param name="sharesForOne">7 for 7:1; 0.1 when ten become one.</param>
    public static PriceAdjustment Split(DateOnly exDate, decimal sharesForOne)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sharesForOne);
        return new(exDate, AdjustmentKind.Split, 1 / sharesForOne, 0, sharesForOne);
    }

    /// <param name="lastClose">The close before the ex-date, above <paramref name="cash"/>.</param>
    public static PriceAdjustment Dividend(DateOnly exDate, decimal cash, decimal lastClose, AdjustmentMethod method)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cash);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lastClose, cash);
        return method == AdjustmentMethod.Ratio
            ? new(exDate, AdjustmentKind.Dividend, (lastClose - cash) / lastClose, 0, 1)
            : new(exDate, AdjustmentKind.Dividend, 1, -cash, 1);
    }

    /// <summary>Both closes are of the day before, of the contract that leaves and of the one that comes.</summary>
    public static PriceAdjustment Roll(DateOnly firstDay, decimal oldClose, decimal newClose, AdjustmentMethod method)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(oldClose);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(newClose);
        return method == AdjustmentMethod.Ratio
            ? new(firstDay, AdjustmentKind.Roll, newClose / oldClose, 0, 1)
            : new(firstDay, AdjustmentKind.Roll, 1, newClose - oldClose, 1);
    }

    /// <summary>A dividend known only by its price factor, as LEAN's factor files have it.</summary>
    internal static PriceAdjustment DividendFactor(DateOnly exDate, decimal factor) => new(exDate, AdjustmentKind.Dividend, factor, 0, 1);
}
