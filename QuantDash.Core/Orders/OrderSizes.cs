using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>An exchange takes only so much in one order: what is more goes out as several, each on the contract's step.</summary>
public static class OrderSizes
{
    /// <summary>The largest volume of one order; null where none is known. Where the exchange takes no orders at the market, what is meant as one goes out with a limit.</summary>
    public static Volume? Largest(ContractTerms terms, OrderType type, decimal step)
    {
        if ((type == OrderType.Market && terms.LargestMarketOrder != 0m ? terms.LargestMarketOrder : terms.LargestLimitOrder) is not { } most) return null;
        var onStep = new Volume(most).FloorToStep(Ratio.One, step);
        return onStep.IsZero ? null : onStep;
    }

    /// <summary>How many orders a volume needs; 0 for none.</summary>
    public static int Count(Volume volume, Volume? largest) =>
        volume.IsZero ? 0 : largest is { } most ? (int)decimal.Ceiling(volume.Value / most.Value) : 1;

    /// <summary>As few orders as possible: full ones, and what is left over last.</summary>
    public static IReadOnlyList<Volume> Split(Volume volume, Volume? largest)
    {
        var parts = new List<Volume>(Count(volume, largest));
        while (!volume.IsZero)
        {
            var part = largest is { } most ? Volume.Min(volume, most) : volume;
            parts.Add(part);
            volume -= part;
        }
        return parts;
    }

    /// <summary>Each part of a plan by itself: what it says of today's and older lots stays as it is.</summary>
    public static IReadOnlyList<PlannedOffset> Split(IReadOnlyList<PlannedOffset> plan, Volume? largest) =>
        [.. plan.SelectMany(part => Split(part.Volume, largest).Select(volume => part with { Volume = volume }))];
}
