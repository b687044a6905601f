using QuantDash.Core.Instruments;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Orders;

/// <summary>One order of a plan: how much with which flag.</summary>
public sealed record PlannedOffset(Offset Offset, Volume Volume);

/// <summary>Says with which flags a close goes out, and what a flag means for the lots (DOMAIN.md 2.1).</summary>
public static class OffsetPlanner
{
    /// <summary>Splits closing <paramref name="volume"/> of a leg into as few orders as its exchange needs: the older lots first (先开先平), free ones only.
    /// What the free lots cannot give is left out, so the caller compares the sum.</summary>
    public static IReadOnlyList<PlannedOffset> PlanClose(LegBook leg, Volume volume, ContractTerms terms) =>
        PlanClose(volume, leg.FreeTodayVolume, leg.FreeVolume - leg.FreeTodayVolume, terms);

    /// <inheritdoc cref="PlanClose(LegBook, Volume, ContractTerms)"/>
    /// <param name="today">Closable volume of today.</param>
    /// <param name="yesterday">Closable older volume.</param>
    public static IReadOnlyList<PlannedOffset> PlanClose(Volume volume, Volume today, Volume yesterday, ContractTerms terms)
    {
        var closing = Volume.Min(volume, today + yesterday);
        if (closing.IsZero) return [];
        if (!terms.DistinguishesToday) return [new(Offset.Close, closing)];
        var older = Volume.Min(closing, yesterday);
        var parts = new List<PlannedOffset>(2);
        if (!older.IsZero) parts.Add(new(Offset.CloseYesterday, older));
        if (closing > older) parts.Add(new(Offset.CloseToday, closing - older));
        return parts;
    }

    /// <summary>The age of the lots a close with this flag takes; null: the oldest first whatever their age. Where an exchange tells today from
    /// yesterday, a plain close means yesterday; where it does not, no flag matters.</summary>
    public static LotAge? Takes(Offset offset, ContractTerms terms)
    {
        if (!terms.DistinguishesToday || offset == Offset.Open) return null;
        return offset == Offset.CloseToday ? LotAge.Today : LotAge.Yesterday;
    }
}
