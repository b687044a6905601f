using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Engine;

/// <summary>What a leg's nearest armed stop would leave of it, if it fills at its level.</summary>
/// <param name="Volume">Lots it takes.</param>
/// <param name="Profit">What these lots keep, or lose where it is negative, before fees; null when an open price is unknown.</param>
public sealed record StopOutcome(Price Level, Volume Volume, decimal? Profit)
{
    /// <returns>Null when no stop is armed on the leg.</returns>
    public static StopOutcome? Of(LegProtection leg, Contract contract)
    {
        if (leg.Guards.FirstOrDefault(guard => guard is { IsStop: true, Level: not null, Covers.IsZero: false }) is not { Level: { } level } nearest) return null;
        var (missing, points) = (nearest.Covers, (decimal?)0m);
        foreach (var lot in leg.Lots)
        {
            var taken = Volume.Min(lot.Lot.FreeVolume, missing);
            missing -= taken;
            if (!taken.IsZero) points += (level.Value - lot.Lot.OpenPrice?.Value) * taken.Value;
        }
        return new(level, nearest.Covers, missing.IsZero ? points * contract.Multiplier * leg.Side.Sign() : null);
    }
}
