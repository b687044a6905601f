namespace QuantDash.Core.Instruments;

/// <summary>价位表: the steps that prices of orders stand on where they grow with the price, as in Hong Kong. Prints and quotes stand on them too, but the step of the day they were made.</summary>
/// <param name="bands">Lowest first: up to and including a price (&gt; 0), prices are multiples of its step (&gt; 0); the last holds for all above it.</param>
public sealed class PriceSteps(IReadOnlyList<(decimal UpTo, decimal Step)> bands)
{
    /// <summary>The step at a price above 0.</summary>
    public decimal At(decimal price)
    {
        foreach (var (upTo, step) in bands)
            if (price <= upTo) return step;
        return bands[^1].Step;
    }

    public bool Holds(decimal price) => price % At(price) == 0m;

    /// <summary>The highest price of an order that is not above <paramref name="price"/>; the lowest there is when that would be 0.</summary>
    public decimal AtOrBelow(decimal price)
    {
        var step = At(price);
        return Math.Max(step, decimal.Floor(price / step) * step);
    }

    /// <summary>The lowest price of an order that is not below <paramref name="price"/>.</summary>
    public decimal AtOrAbove(decimal price)
    {
        var step = At(price);
        return decimal.Ceiling(price / step) * step;
    }
}
