using QuantDash.Core.Instruments;
using QuantDash.Core.Markets;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>How much of an order that never waits is expected to fill, from the depth one tick displays.</summary>
internal static class ImmediateFill
{
    /// <summary>Null for a day order, and without a quote.</summary>
    public static Volume? Of(OrderRequest request, Volume planned, Contract contract, in Tick tick)
    {
        if (!request.TimeInForce.IsImmediate() || tick is { BidTicks: <= 0, AskTicks: <= 0, LastTicks: <= 0 }) return null;
        var expected = ExpectedFill.Of(request, planned, contract, tick);
        if (expected.WouldRest) return Volume.Zero;
        var there = expected.Displayed is { } shown ? Volume.Min(planned, shown.FloorToStep(Ratio.One, contract.VolumeStep)) : planned;
        return request.TimeInForce == TimeInForce.Fok && there < planned ? Volume.Zero : there;
    }

    /// <summary>The orders up to that volume, in the order in which they go out.</summary>
    public static IReadOnlyList<PlannedOffset> Of(IReadOnlyList<PlannedOffset> offsets, Volume filled)
    {
        var parts = new List<PlannedOffset>();
        foreach (var part in offsets)
        {
            var here = Volume.Min(part.Volume, filled);
            if (!here.IsZero) parts.Add(part with { Volume = here });
            filled = filled.Minus(here);
        }
        return parts;
    }
}
