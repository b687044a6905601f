using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Positions;

/// <summary>How far a leg has been in its favour and against it since it was opened (MFE, MAE): the most and the least that all of its lots together were worth at a time,
/// before fees. It begins with nothing when the leg is opened, and ends when it is flat.</summary>
/// <param name="Favourable">In money, ≥ 0.</param>
/// <param name="FavourableTicks">Per unit of volume, in ticks; a fraction where lots have different prices.</param>
/// <param name="Adverse">In money, ≤ 0.</param>
/// <param name="AdverseTicks">As <paramref name="FavourableTicks"/>.</param>
public sealed record LegExcursion(decimal Favourable, decimal FavourableTicks, decimal Adverse, decimal AdverseTicks)
{
    public static LegExcursion None { get; } = new(0m, 0m, 0m, 0m);

    /// <summary>With all that was seen while the lots stood as they do; the same where an open price is unknown.</summary>
    public LegExcursion With(LegBook leg, Contract contract, long lowTicks, long highTicks)
    {
        var (best, worst) = leg.Side == Side.Long ? (highTicks, lowTicks) : (lowTicks, highTicks);
        if (leg.FloatingPnl(contract.PriceAt(best)) is not { } most || leg.FloatingPnl(contract.PriceAt(worst)) is not { } least) return this;
        if (most <= Favourable && least >= Adverse) return this;
        var perTick = leg.Volume.Value * contract.Multiplier * contract.PriceTick;
        return new(
            decimal.Max(Favourable, most), decimal.Max(FavourableTicks, decimal.Round(most / perTick, 1)),
            decimal.Min(Adverse, least), decimal.Min(AdverseTicks, decimal.Round(least / perTick, 1)));
    }
}

/// <summary>A leg's excursion as it was stored.</summary>
public sealed record StoredExcursion(AccountId AccountId, Symbol Symbol, Side Side, LegExcursion Seen);
